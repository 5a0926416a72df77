package adjoint.codegen;

import adjoint.kernel.VectorSupport;
import java.util.Locale;

/**
 * A formula's loop in whatever form is the fastest at the moment: interpreted at first; as a scalar class once it has
 * been used for a while; for long arrays as a vector class. Classes are made, and run until the JVM has compiled them,
 * by a {@linkplain CompilerThread thread of their own}: a caller never waits for one. Since all forms give the same
 * bits, nobody can tell, so fields are read and counters kept without any synchronisation.
 *
 * <p>The system property {@code adjoint.tier} ({@code interpreted}, {@code scalar}, {@code vector}) fixes the form for
 * a whole process, for tests.
 */
final class TieredLoop extends Loop {
    /** From here on a vector loop is worth looking for. */
    private static final int LONG = 32;

    /** What a call costs besides its elements, in elements times instructions. */
    private static final int CALL = 1024;

    /** From here on the interpreter, whose parts are vectorised, beats a scalar loop over arrays of any steps. */
    private static final int INTERPRETED_FROM = 256;

    /** Work after which a class is worth making: interpreting this much takes about 0.1 ms. */
    private static final int SCALAR_WORK = 1 << 18;

    private static final int VECTOR_WORK = 1 << 20;
    private static final int MAX_FORMS = 8;

    /** A longer vector class takes HotSpot half a minute; the interpreter is nearly as fast by then. */
    private static final int MAX_VECTOR_STEPS = 1_000;

    private static final String FORCED = System.getProperty("adjoint.tier");

    private final Program program;
    private final int longFrom;
    private Loop current; // for short arrays
    private Loop aligned; // for long ones that begin at one offset
    private final Interpreter interpreter;
    private VectorForm vectors;
    private long work;
    private boolean vectorless;

    /** The vector class for one pattern of steps, once it is ready. A loop's fields are final: no lock is needed. */
    static final class VectorForm {
        final long pattern;
        final VectorForm next;
        Loop loop;

        VectorForm(long pattern, VectorForm next) {
            this.pattern = pattern;
            this.next = next;
        }
    }

    TieredLoop(Program program) {
        this.program = program;
        interpreter = new Interpreter(program);
        vectorless = !program.dtype().isFloating()
                || program.inputs() >= Long.SIZE - 1
                || program.steps().size() > MAX_VECTOR_STEPS;
        if (FORCED != null) {
            current = force(Tier.valueOf(FORCED.toUpperCase(Locale.ROOT)));
            longFrom = Integer.MAX_VALUE;
        } else {
            current = new Counting();
            longFrom = LONG;
        }
        aligned = current;
    }

    @Override
    public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
        if (n < longFrom) {
            current.run(arrays, offsets, steps, params, n);
        } else {
            runLong(arrays, offsets, steps, params, n);
        }
    }

    private void runLong(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
        Loop loop = vectorless ? null : vector(steps, n);
        if (loop == null) {
            // While the form for short arrays counts its calls, it interprets too; no call must pass it by uncounted.
            loop = n < INTERPRETED_FROM || current instanceof Counting
                    ? current
                    : LoopCompiler.aligned(offsets, steps) ? aligned : interpreter;
        }
        loop.run(arrays, offsets, steps, params, n);
    }

    /** The vector loop for these steps; null if there is none, or none yet. */
    private Loop vector(int[] steps, int n) {
        long pattern = pattern(steps);
        if (pattern < 0) {
            return null;
        }
        for (VectorForm form = vectors; form != null; form = form.next) {
            if (form.pattern == pattern) {
                return form.loop;
            }
        }
        work += (long) n * program.steps().size();
        if (work > VECTOR_WORK && tier() == Tier.SCALAR) {
            request(pattern);
        }
        return null;
    }

    /** A bit for each operand that is the same number throughout; -1 where no vector loop fits. */
    private long pattern(int[] steps) {
        if (steps[0] != 1) {
            return -1;
        }
        long pattern = 0;
        for (int i = 1; i < steps.length; i++) {
            if (steps[i] == 0) {
                pattern |= 1L << i;
            } else if (steps[i] != 1) {
                return -1;
            }
        }
        return pattern;
    }

    private synchronized void request(long pattern) {
        int forms = 0;
        for (VectorForm form = vectors; form != null; form = form.next) {
            if (form.pattern == pattern) {
                return;
            }
            forms++;
        }
        if (forms == MAX_FORMS || !VectorSupport.available()) {
            vectorless |= forms == 0;
            return;
        }
        vectors = new VectorForm(pattern, vectors);
        work = 0;
        CompilerThread.vector(program, vectors, current, interpreter);
    }

    /** The scalar class is ready; for a long formula over long arrays the interpreter may be better still. */
    void scalar(Loop scalar, boolean forLongArrays) {
        current = scalar;
        aligned = forLongArrays ? scalar : interpreter;
    }

    Program program() {
        return program;
    }

    /** The form in use for short arrays; for tests. */
    Tier tier() {
        return current instanceof Counting || current == interpreter ? Tier.INTERPRETED : Tier.SCALAR;
    }

    /** Whether long arrays with these steps are vectorised by now; for tests. */
    boolean vectorised(int... steps) {
        long pattern = pattern(steps);
        for (VectorForm form = vectors; form != null; form = form.next) {
            if (form.pattern == pattern) {
                return form.loop != null;
            }
        }
        return false;
    }

    /** This formula in one form, made here and now; for tests. Steps that have no vector loop run the scalar one. */
    Loop force(Tier tier) {
        return switch (tier) {
            case INTERPRETED -> new Interpreter(program);
            case SCALAR -> LoopCompiler.scalar(program);
            case VECTOR -> new Forced(LoopCompiler.scalar(program));
        };
    }

    /** Interprets, and asks for a class when that has gone on for a while. */
    private final class Counting extends Loop {
        @Override
        public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
            interpreter.run(arrays, offsets, steps, params, n);
            work += CALL + (long) n * program.steps().size();
            if (work > SCALAR_WORK && current == this) {
                work = 0;
                scalar(interpreter, true);
                CompilerThread.scalar(TieredLoop.this, interpreter);
            }
        }
    }

    /** Always the vector loop where the steps allow one. */
    private final class Forced extends Loop {
        private final Loop scalar;
        private VectorForm forms;

        Forced(Loop scalar) {
            this.scalar = scalar;
        }

        @Override
        public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
            form(pattern(steps)).run(arrays, offsets, steps, params, n);
        }

        private synchronized Loop form(long pattern) {
            if (pattern < 0 || vectorless || !VectorSupport.available()) {
                return scalar;
            }
            for (VectorForm form = forms; form != null; form = form.next) {
                if (form.pattern == pattern) {
                    return form.loop;
                }
            }
            forms = new VectorForm(pattern, forms);
            forms.loop = LoopCompiler.vector(program, pattern, scalar);
            return forms.loop;
        }
    }
}
