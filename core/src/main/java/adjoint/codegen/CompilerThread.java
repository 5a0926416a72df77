package adjoint.codegen;

import adjoint.kernel.Background;
import adjoint.types.DType;
import java.util.concurrent.TimeUnit;

/**
 * Makes loop classes, on the {@linkplain Background background thread}. A new class is slow until HotSpot has compiled it, a vector class a hundred
 * times slower than the interpreter; so it is run here, on arrays of its own, until it is measured to be faster than
 * the form that it replaces.
 */
final class CompilerThread {
    /** Elements of a trial run: HotSpot compiles after some 600 calls that make 15,000 iterations together. */
    private static final int TRIAL = 208;

    private static final int BATCH = 20;
    private static final int WARM_BATCHES = 35;
    private static final long PAUSE_MS = 1;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long VECTOR_PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final int ATTEMPTS = 3;

    private CompilerThread() {}

    /** Asks for the scalar class of a loop, which replaces the interpreter where it is faster. */
    static void scalar(TieredLoop loop, Interpreter interpreter) {
        Background.run(0, () -> {
            Loop scalar = LoopCompiler.scalar(loop.program());
            new Trial(loop.program(), 0, -1).warm(scalar);
            loop.scalar(scalar, new Trial(loop.program(), 0, 1).faster(scalar, interpreter, interpreter, PATIENCE));
        });
    }

    /** Asks for a vector class; {@code form} is given it when it is about as fast as the other two or faster. */
    static void vector(Program program, TieredLoop.VectorForm form, Loop scalar, Interpreter interpreter) {
        Background.run(1, () -> {
            Loop vector = LoopCompiler.vector(program, form.pattern, scalar);
            vector(vector, program, form, scalar, interpreter, 1);
        });
    }

    private static void vector(
            Loop vector,
            Program program,
            TieredLoop.VectorForm form,
            Loop scalar,
            Interpreter interpreter,
            int attempt) {
        if (new Trial(program, form.pattern, 1).faster(vector, scalar, interpreter, VECTOR_PATIENCE)) {
            form.loop = vector;
        } else if (attempt < ATTEMPTS) {
            // HotSpot's own compiler may have been busy.
            Background.run(1 + attempt, () -> vector(vector, program, form, scalar, interpreter, attempt + 1));
        }
    }

    /** Arguments to try a loop on: numbers of all sizes, so that both sides of each condition are seen. */
    private static final class Trial {
        private final Object[] arrays;
        private final int[] offsets;
        private final int[] steps;
        private final double[] params;

        /** @param resultStep 1, or -1 for steps that only the general loop takes */
        Trial(Program program, long pattern, int resultStep) {
            arrays = new Object[program.inputs() + 1];
            offsets = new int[arrays.length];
            steps = new int[arrays.length];
            arrays[0] = array(program.dtype(), program.result(), 0);
            for (int i = 1; i < arrays.length; i++) {
                arrays[i] = array(program.dtype(), Kind.NUMBER, i);
                steps[i] = (pattern >>> i & 1) == 1 ? 0 : 1;
            }
            for (Program.Step step : program.steps()) {
                if (step instanceof Program.Load(int index, Kind kind)) {
                    arrays[index + 1] = array(program.dtype(), kind, index + 1);
                }
            }
            steps[0] = resultStep;
            offsets[0] = resultStep < 0 ? TRIAL - 1 : 0;
            params = new double[program.params()];
            for (int i = 0; i < params.length; i++) {
                params[i] = number(i);
            }
        }

        private static double number(int i) {
            int size = (i * 7) % 23 - 11;
            return (i % 3 == 0 ? -1 : 1) * Math.scalb(1 + (i % 5) * 0.17, size / 2);
        }

        private static Object array(DType dtype, Kind kind, int salt) {
            if (kind == Kind.MASK) {
                boolean[] a = new boolean[TRIAL];
                for (int i = 0; i < TRIAL; i++) {
                    a[i] = (i * 5 + salt) % 7 < 3;
                }
                return a;
            }
            switch (dtype) {
                case F32 -> {
                    float[] a = new float[TRIAL];
                    for (int i = 0; i < TRIAL; i++) {
                        a[i] = (float) number(i * 31 + salt);
                    }
                    return a;
                }
                case F64 -> {
                    double[] a = new double[TRIAL];
                    for (int i = 0; i < TRIAL; i++) {
                        a[i] = number(i * 31 + salt);
                    }
                    return a;
                }
                default -> {
                    long[] a = new long[TRIAL];
                    for (int i = 0; i < TRIAL; i++) {
                        a[i] = (i * 31L + salt) % 41 - 20;
                    }
                    return a;
                }
            }
        }

        /** Runs {@code candidate} until it is about as fast as two others; false if that takes too long. */
        boolean faster(Loop candidate, Loop first, Loop second, long patience) {
            long deadline = System.nanoTime() + patience;
            long bar = Long.MAX_VALUE;
            try {
                do {
                    bar = Math.min(bar, Math.min(time(first), time(second)));
                    long time = Long.MAX_VALUE;
                    for (int i = 0; i < 4; i++) {
                        time = Math.min(time, time(candidate));
                    }
                    if (time <= bar + bar / 4) {
                        return true;
                    }
                    Thread.sleep(PAUSE_MS);
                } while (System.nanoTime() < deadline);
            } catch (ArithmeticException e) {
                return true; // integer division by zero: these are not the program's real operands
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }

        /** Runs a loop as often as it takes for HotSpot to put it on its list. */
        void warm(Loop loop) {
            try {
                for (int i = 0; i < WARM_BATCHES; i++) {
                    time(loop);
                }
            } catch (ArithmeticException _) {
                // Integer division by zero: these are not the program's real operands.
            }
        }

        private long time(Loop loop) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                loop.run(arrays, offsets, steps, params, TRIAL);
            }
            return System.nanoTime() - start;
        }
    }
}
