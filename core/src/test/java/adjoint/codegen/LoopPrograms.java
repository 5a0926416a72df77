package adjoint.codegen;

import adjoint.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random programs over all instructions, and arrays full of difficult numbers to run them on. */
final class LoopPrograms {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        3,
        -7,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        1e-20,
        1e20,
        16777217
    };

    private LoopPrograms() {}

    /** A program of {@code size} instructions, all of them needed for the result where that can be. */
    static Program random(DType dtype, int numbers, int masks, int params, int size, long seed) {
        var random = new SplittableRandom(seed);
        List<Program.Step> steps = new ArrayList<>();
        List<List<Integer>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < numbers; i++) {
            add(steps, values, new Program.Load(i, Kind.NUMBER));
        }
        for (int i = 0; i < masks; i++) {
            add(steps, values, new Program.Load(numbers + i, Kind.MASK));
        }
        for (int i = 0; i < params; i++) {
            add(steps, values, new Program.LoadParam(i));
        }
        boolean floating = dtype.isFloating();
        for (int i = 0; i < 3; i++) {
            double literal = SPECIAL[random.nextInt(floating ? SPECIAL.length : 7)];
            add(steps, values, new Program.Literal(Double.doubleToRawLongBits(literal)));
            if (floating) {
                add(steps, values, new Program.BitsLiteral(random.nextInt(4) == 0 ? random.nextLong() : 1 + 7 * i));
            }
        }
        Lane[] lanes = Lane.values();
        while (size > 0) {
            Lane lane = lanes[random.nextInt(lanes.length)];
            boolean fits = fits(lane, floating);
            int[] operands = {-1, -1, -1};
            for (int i = 0; i < lane.arity() && fits; i++) {
                List<Integer> pool = values.get(lane.operand(i).ordinal());
                fits = !pool.isEmpty();
                if (fits) {
                    // Mostly recent values, so that much of the program is needed.
                    int back = random.nextInt(random.nextBoolean() ? Math.min(3, pool.size()) : pool.size());
                    operands[i] = pool.get(pool.size() - 1 - back);
                }
            }
            if (fits) {
                add(steps, values, new Program.Compute(lane, operands[0], operands[1], operands[2]));
                size--;
            }
        }
        while (steps.getLast().kind() == Kind.BITS) {
            add(steps, values, new Program.Compute(Lane.FROM_BITS, steps.size() - 1, -1, -1));
        }
        return new Program(dtype, List.copyOf(steps), numbers + masks, params);
    }

    private static boolean fits(Lane lane, boolean floating) {
        return (floating && lane != Lane.RAW_BITS) // which may differ where a NaN is computed
                || switch (lane) {
                    case NEG, ABS, ADD, SUB, MUL, MIN, MAX, LT, LE, EQ, NOT, AND, OR, XOR, SELECT -> true;
                    default -> false;
                };
    }

    private static void add(List<Program.Step> steps, List<List<Integer>> values, Program.Step step) {
        values.get(step.kind().ordinal()).add(steps.size());
        steps.add(step);
    }

    /** {@code pairs} times {@code v = v * a + b}, as two instructions, on two operands. */
    static Program pairs(DType dtype, int pairs) {
        List<Program.Step> steps = new ArrayList<>();
        steps.add(new Program.Load(0, Kind.NUMBER));
        steps.add(new Program.Load(1, Kind.NUMBER));
        for (int i = 0; i < pairs; i++) {
            steps.add(new Program.Compute(Lane.MUL, steps.size() - 1, 0, -1));
            steps.add(new Program.Compute(Lane.ADD, steps.size() - 1, 1, -1));
        }
        return new Program(dtype, List.copyOf(steps), 2, 0);
    }

    /** A polynomial of degree {@code terms} with fma, on one operand. */
    static Program polynomial(DType dtype, int terms) {
        List<Program.Step> steps = new ArrayList<>();
        steps.add(new Program.Load(0, Kind.NUMBER));
        steps.add(new Program.Literal(Double.doubleToRawLongBits(1)));
        int sum = 1;
        for (int i = 0; i < terms; i++) {
            steps.add(new Program.Literal(Double.doubleToRawLongBits(1.0 / (i + 2))));
            steps.add(new Program.Compute(Lane.FMA, sum, 0, steps.size() - 1));
            sum = steps.size() - 1;
        }
        return new Program(dtype, List.copyOf(steps), 1, 0);
    }

    /** {@code x₀ * x₁}. */
    static Program product(DType dtype) {
        return new Program(
                dtype,
                List.of(
                        new Program.Load(0, Kind.NUMBER),
                        new Program.Load(1, Kind.NUMBER),
                        new Program.Compute(Lane.MUL, 0, 1, -1)),
                2,
                0);
    }

    /** An array of a kind: special numbers, ordinary ones, NaNs with a payload. */
    static Object array(DType dtype, Kind kind, int length, SplittableRandom random) {
        if (kind == Kind.MASK) {
            boolean[] a = new boolean[length];
            for (int i = 0; i < length; i++) {
                a[i] = random.nextBoolean();
            }
            return a;
        }
        switch (dtype) {
            case F32 -> {
                float[] a = new float[length];
                for (int i = 0; i < length; i++) {
                    int roll = random.nextInt(8);
                    a[i] = roll == 0
                            ? Float.intBitsToFloat(random.nextInt())
                            : roll == 1
                                    ? (float) SPECIAL[random.nextInt(SPECIAL.length)]
                                    : (float) random.nextDouble(-4, 4);
                }
                return a;
            }
            case F64 -> {
                double[] a = new double[length];
                for (int i = 0; i < length; i++) {
                    int roll = random.nextInt(8);
                    a[i] = roll == 0
                            ? Double.longBitsToDouble(random.nextLong())
                            : roll == 1 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextDouble(-4, 4);
                }
                return a;
            }
            default -> {
                long[] a = new long[length];
                for (int i = 0; i < length; i++) {
                    a[i] = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-9, 9);
                }
                return a;
            }
        }
    }

    /** The bits of an array's elements; all NaNs count as one (Java does not say which NaN an operation yields). */
    static long[] bits(Object array) {
        return switch (array) {
            case float[] a -> {
                long[] bits = new long[a.length];
                for (int i = 0; i < a.length; i++) {
                    bits[i] = Float.floatToIntBits(a[i]);
                }
                yield bits;
            }
            case double[] a -> {
                long[] bits = new long[a.length];
                for (int i = 0; i < a.length; i++) {
                    bits[i] = Double.doubleToLongBits(a[i]);
                }
                yield bits;
            }
            case boolean[] a -> {
                long[] bits = new long[a.length];
                for (int i = 0; i < a.length; i++) {
                    bits[i] = a[i] ? 1 : 0;
                }
                yield bits;
            }
            case long[] a -> a.clone();
            default -> throw new AssertionError(array);
        };
    }

    /** A loop's arguments: arrays of operands and a result, padded on both sides so that steps of -2 to 2 fit. */
    record Call(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {

        static Call random(Program program, int n, int[] choice, SplittableRandom random) {
            int slots = program.inputs() + 1;
            Object[] arrays = new Object[slots];
            int[] offsets = new int[slots];
            int[] steps = new int[slots];
            for (int s = 0; s < slots; s++) {
                Kind kind = s == 0 ? program.result() : Kind.NUMBER;
                for (Program.Step step : program.steps()) {
                    if (step instanceof Program.Load(int index, Kind loaded) && index + 1 == s) {
                        kind = loaded;
                    }
                }
                arrays[s] = array(program.dtype(), kind, 4 * n + 8, random);
                steps[s] = choice[random.nextInt(choice.length)];
                steps[s] = s == 0 && steps[s] == 0 ? 1 : steps[s];
                offsets[s] = steps[s] < 0 ? 2 * n + 5 : random.nextInt(5);
            }
            double[] params = random.doubles(program.params(), -3, 3).toArray();
            return new Call(arrays, offsets, steps, params, n);
        }

        /** The result's whole array after running a loop, padding included. */
        long[] run(Loop loop) {
            Object[] mine = arrays.clone();
            mine[0] = switch (arrays[0]) {
                case float[] a -> a.clone();
                case double[] a -> a.clone();
                case long[] a -> a.clone();
                case boolean[] a -> a.clone();
                default -> throw new AssertionError(arrays[0]);
            };
            loop.run(mine, offsets.clone(), steps.clone(), params, n);
            return bits(mine[0]);
        }
    }
}
