package adjoint.codegen;

import adjoint.types.DType;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Measures the error of the elementary functions in float32 over every float, in units in the last place of the true
 * value. Not a test: a run over all floats takes minutes. Run {@code main} by hand with the functions' names (all if
 * none) and, optionally, a stride first: {@code ElementaryAccuracy 1 EXP LOG}.
 */
final class ElementaryAccuracy {
    private static final int BLOCK = 1 << 12;

    private ElementaryAccuracy() {}

    /** The greatest error found and where. */
    record Worst(double ulps, float at, float got, double wanted) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.4f ulp at %s (%a): got %s, true %s", ulps, at, at, got, wanted);
        }
    }

    /** The function computed by the interpreter on arrays. */
    static Loop loop(Fn fn, DType dtype) {
        List<Expr> args = fn.arity() == 1
                ? List.of(new Expr.Input(0, Kind.NUMBER))
                : List.of(new Expr.Input(0, Kind.NUMBER), new Expr.Input(1, Kind.NUMBER));
        return new Interpreter(Program.lower(new Expr.Call(fn, args), dtype, fn.arity(), 0));
    }

    /** The function in double precision, at least 2^-50 accurate for float arguments. */
    static DoubleUnaryOperator reference(Fn fn) {
        return switch (fn) {
            case EXP -> StrictMath::exp;
            case EXPM1 -> StrictMath::expm1;
            case LOG -> StrictMath::log;
            case LOG1P -> StrictMath::log1p;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TANH -> StrictMath::tanh;
            case SIGMOID ->
                x -> {
                    double t = StrictMath.exp(-Math.abs(x));
                    return x < 0 ? t / (1 + t) : 1 / (1 + t);
                };
            case POW -> throw new IllegalArgumentException("pow takes two arguments");
        };
    }

    /** The distance in units in the last place of the wanted value as a float; infinite where the kind differs. */
    static double ulps(float got, double wanted) {
        if (Double.isNaN(wanted) || Float.isNaN(got)) {
            return Double.isNaN(wanted) && Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
        }
        float rounded = (float) wanted;
        if (got == rounded) {
            if (got == 0 && Float.floatToRawIntBits(got) != Float.floatToRawIntBits(rounded)) {
                return Double.POSITIVE_INFINITY;
            }
            if (Float.isInfinite(got)) {
                return 0;
            }
        }
        int exponent = Math.clamp(Math.getExponent(wanted), -126, 127) - 23;
        double value = Float.isInfinite(got) ? Math.copySign(0x1p128, got) : got;
        return Math.abs(value - wanted) * Math.scalb(1.0, -exponent);
    }

    /** The worst float of those whose bits are {@code first, first + stride, …} without sign and with. */
    static Worst measure(Fn fn, long first, long last, int stride) {
        Loop loop = loop(fn, DType.F32);
        DoubleUnaryOperator truth = reference(fn);
        float[] x = new float[BLOCK];
        float[] y = new float[BLOCK];
        var worst = new Worst(-1, 0, 0, 0);
        for (long bits = first; bits <= last; ) {
            int n = 0;
            for (; n < BLOCK && bits <= last; bits += stride) {
                x[n++] = Float.intBitsToFloat((int) bits);
            }
            loop.run(new Object[] {y, x}, new int[2], new int[] {1, 1}, new double[0], n);
            for (int i = 0; i < n; i++) {
                double wanted = truth.applyAsDouble(x[i]);
                double error = ulps(y[i], wanted);
                if (error > worst.ulps) {
                    worst = new Worst(error, x[i], y[i], wanted);
                }
            }
        }
        return worst;
    }

    /** The worst of that many random powers: any base, and exponents whose power is about in range. */
    static Worst measurePow(long seed, int count) {
        var random = new SplittableRandom(seed);
        float[] x = new float[count];
        float[] p = new float[count];
        float[] y = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = i % 3 == 0
                    ? Float.intBitsToFloat(random.nextInt(1, 0x7f800000))
                    : (float) (1 + (random.nextDouble() - 0.5) * Math.scalb(1.0, -random.nextInt(i % 3 == 1 ? 1 : 20)));
            double range = (random.nextDouble() * 196 - 106) * (i % 2 == 0 ? 1 : 0.1);
            p[i] = x[i] == 1 ? 2 : (float) (range / StrictMath.log(x[i]));
            if (i % 7 == 0) {
                x[i] = -x[i];
                p[i] = (float) Math.rint(p[i]);
            }
        }
        loop(Fn.POW, DType.F32).run(new Object[] {y, x, p}, new int[3], new int[] {1, 1, 1}, new double[0], count);
        var worst = new Worst(-1, 0, 0, 0);
        for (int i = 0; i < count; i++) {
            double wanted = StrictMath.pow(x[i], p[i]);
            double error = ulps(y[i], wanted);
            if (error > worst.ulps) {
                worst = new Worst(error, x[i], y[i], wanted);
            }
        }
        return worst;
    }

    /** Measures and prints. */
    public static void main(String[] args) {
        int stride = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        List<Fn> fns = args.length > 1
                ? List.of(args).subList(1, args.length).stream()
                        .map(Fn::valueOf)
                        .toList()
                : List.of(Fn.values());
        for (Fn fn : fns) {
            long start = System.nanoTime();
            Worst worst = fn == Fn.POW ? measurePow(1, 50_000_000 / stride) : measure(fn, 0, 0xffffffffL, stride);
            System.out.printf(Locale.ROOT, "%-8s %s  [%.0f s]%n", fn, worst, (System.nanoTime() - start) * 1e-9);
        }
    }
}
