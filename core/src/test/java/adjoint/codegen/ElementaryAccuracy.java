package adjoint.codegen;

import adjoint.types.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * Measures the error of the elementary functions in units in the last place of the true value.
 *
 * <p>In float64 the truth is a file of points computed in 200 bits by {@code core/src/test/python/elementary_points.py}.
 * In float32 it is the function itself in float64, once that is known to be right: its error is a billionth of what is
 * measured.
 */
public final class ElementaryAccuracy {
    private static final int BLOCK = 1 << 12;

    private ElementaryAccuracy() {}

    /** A function, with its order if it has one. */
    record Subject(Fn fn, int order) {
        static List<Subject> all() {
            List<Subject> all = new ArrayList<>();
            for (Fn fn : Fn.values()) {
                for (int order = fn == Fn.POLYGAMMA ? 1 : 0; order <= (fn == Fn.POLYGAMMA ? 3 : 0); order++) {
                    all.add(new Subject(fn, order));
                }
            }
            return all;
        }

        /** How many arguments vary. */
        int arity() {
            return order > 0 ? 1 : fn.arity();
        }

        Loop loop(DType dtype, Tier tier) {
            return new TieredLoop(program(dtype)).force(tier);
        }

        Program program(DType dtype) {
            Expr x = new Expr.Input(0, Kind.NUMBER);
            Expr y = new Expr.Input(1, Kind.NUMBER);
            Expr e = order > 0 ? x.polygamma(order) : new Expr.Call(fn, fn.arity() == 1 ? List.of(x) : List.of(x, y));
            return Program.lower(e, dtype, arity(), 0);
        }

        /** What the error is relative to, at least: functions cannot be exact next to zeros at irrational places. */
        double floor(double... x) {
            return switch (fn) {
                case POLYGAMMA -> x[0] < 0 ? 1 : 0;
                case LGAMMA -> x[0] < 0 ? Math.max(1, -x[0] * (StrictMath.log(-x[0]) - 1)) : 0;
                case DIGAMMA -> x[0] < 0 ? Math.max(1, StrictMath.log(-x[0])) : 0;
                case LOGADDEXP -> Math.max(Math.abs(x[0]), Math.abs(x[1]));
                default -> 0;
            };
        }

        @Override
        public String toString() {
            return fn.name().toLowerCase(Locale.ROOT) + (order > 0 ? "(" + order + ", x)" : "");
        }
    }

    /** True values: {@code x[i]} holds argument i of every point, the value is {@code high + low}. */
    record Points(double[][] x, double[] high, double[] low) {

        static Points of(Subject subject) {
            return of(subject, ElementaryAccuracy.class.getResourceAsStream("elementary-points.txt.gz"));
        }

        static Points of(Subject subject, InputStream from) {
            List<String[]> lines = new ArrayList<>();
            try (var in =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(from), StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ", -1);
                    if (words[0].equals(subject.fn.name())
                            && (subject.order == 0 || Double.parseDouble(words[1]) == subject.order)) {
                        lines.add(words);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            int first = subject.order > 0 ? 2 : 1;
            double[][] columns = new double[subject.arity() + 2][lines.size()];
            for (int k = 0; k < lines.size(); k++) {
                for (int i = 0; i < columns.length; i++) {
                    columns[i][k] = Double.parseDouble(lines.get(k)[first + i]);
                }
            }
            int arity = subject.arity();
            return new Points(Arrays.copyOf(columns, arity), columns[arity], columns[arity + 1]);
        }
    }

    /** The greatest error found, where, and among how many. */
    record Worst(double ulps, double[] at, double got, double wanted, long count) {
        static final Worst NONE = new Worst(-1, new double[0], 0, 0, 0);

        Worst or(Worst other) {
            Worst worse = other.ulps > ulps ? other : this;
            return new Worst(worse.ulps, worse.at, worse.got, worse.wanted, count + other.count);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.4f ulp at %s: got %s, true %s", ulps, Arrays.toString(at), got, wanted);
        }
    }

    /** The function in float64, of these arguments. */
    public static double value(Fn fn, double... x) {
        return call(fn, DType.F64, x);
    }

    static double call(Fn fn, DType dtype, double... x) {
        boolean polygamma = fn == Fn.POLYGAMMA;
        var subject = new Subject(fn, polygamma ? (int) x[0] : 0);
        double[] args = polygamma ? new double[] {x[1]} : x;
        double[] wide = new double[1];
        float[] narrow = new float[1];
        boolean single = dtype == DType.F32;
        Object[] in = Arrays.stream(args)
                .mapToObj(v -> single ? (Object) new float[] {(float) v} : new double[] {v})
                .toArray();
        run(subject.loop(dtype, Tier.INTERPRETED), single ? narrow : wide, in, 1);
        return single ? narrow[0] : wide[0];
    }

    private static double[] at(double[][] x, int k) {
        return Arrays.stream(x).mapToDouble(v -> v[k]).toArray();
    }

    private static void run(Loop loop, Object result, Object[] x, int n) {
        Object[] arrays = new Object[x.length + 1];
        arrays[0] = result;
        System.arraycopy(x, 0, arrays, 1, x.length);
        int[] ones = new int[arrays.length];
        Arrays.fill(ones, 1);
        loop.run(arrays, new int[arrays.length], ones, new double[0], n);
    }

    /** The worst of the points in float64. */
    static Worst doubles(Subject subject, Points points, Tier tier) {
        int n = points.high.length;
        double[] y = new double[n];
        run(subject.loop(DType.F64, tier), y, points.x, n);
        var worst = Worst.NONE;
        for (int k = 0; k < n; k++) {
            double[] x = at(points.x, k);
            double unit = Math.ulp(Math.max(Math.abs(points.high[k]), subject.floor(x)));
            double error = y[k] == points.high[k] && Double.isInfinite(y[k])
                    ? 0
                    : Math.abs((y[k] - points.high[k]) / unit - points.low[k] / unit);
            worst = worst.or(new Worst(Double.isNaN(error) ? 1 / 0.0 : error, x, y[k], points.high[k], 1));
        }
        return worst;
    }

    /** The distance in units in the last place of the wanted value as a float; infinite where the kind differs. */
    static double ulps(float got, double wanted) {
        return ulps(got, wanted, 0);
    }

    private static double ulps(float got, double wanted, double floor) {
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
        int exponent = Math.clamp(Math.getExponent(Math.max(floor, Math.abs(wanted))), -126, 127) - 23;
        double value = Float.isInfinite(got) ? Math.copySign(0x1p128, got) : got;
        return Math.abs(value - wanted) * Math.scalb(1.0, -exponent);
    }

    /** Runs a function on blocks of floats in both formats. */
    private static final class Floats {
        private final Subject subject;
        private final Loop single;
        private final Loop dbl;
        private final float[][] x;
        private final double[][] wide;
        private final float[] y = new float[BLOCK];
        private final double[] truth = new double[BLOCK];
        private int n;
        Worst worst = Worst.NONE;

        Floats(Subject subject, Tier tier) {
            this.subject = subject;
            single = subject.loop(DType.F32, tier);
            dbl = subject.loop(DType.F64, tier);
            x = new float[subject.arity()][BLOCK];
            wide = new double[subject.arity()][BLOCK];
        }

        void add(float... at) {
            for (int i = 0; i < at.length; i++) {
                x[i][n] = at[i];
                wide[i][n] = at[i];
            }
            if (++n == BLOCK) {
                flush();
            }
        }

        Floats flush() {
            run(single, y, x, n);
            run(dbl, truth, wide, n);
            double max = worst.ulps;
            int where = -1;
            for (int k = 0; k < n; k++) {
                if (y[k] != truth[k]) {
                    double floor = subject.fn.arity() == 1 ? subject.floor(x[0][k]) : subject.floor(at(wide, k));
                    double error = ulps(y[k], truth[k], floor);
                    if (error > max) {
                        max = error;
                        where = k;
                    }
                }
            }
            Worst here = where < 0
                    ? new Worst(-1, new double[0], 0, 0, n)
                    : new Worst(max, at(wide, where), y[where], truth[where], n);
            worst = worst.or(here);
            n = 0;
            return this;
        }
    }

    /** The worst float of those whose bits are {@code 0, stride, 2 stride, …}, of one argument. */
    static Worst floats(Subject subject, int stride, Tier tier) {
        var floats = new Floats(subject, tier);
        for (long bits = 0; bits <= 0xffffffffL; bits += stride) {
            floats.add(Float.intBitsToFloat((int) bits));
        }
        return floats.flush().worst;
    }

    /** The worst of {@code count} random pairs of floats, near the points or their equals in the range of floats. */
    static Worst pairs(Subject subject, Points points, int count, Tier tier) {
        var random = new SplittableRandom(subject.fn.ordinal());
        var floats = new Floats(subject, tier);
        for (int i = 0; i < count; i++) {
            int k = random.nextInt(points.high.length);
            double a = points.x[0][k];
            double b = points.x[1][k];
            float narrowA = (float) narrow(a * (1 + (random.nextDouble() - 0.5) * 0x1p-10));
            float narrowB = (float) narrow(b * (1 + (random.nextDouble() - 0.5) * 0x1p-10));
            floats.add(narrowA, narrowB);
        }
        return floats.flush().worst;
    }

    /** A double of any size as a number in float's range. */
    private static double narrow(double x) {
        int exponent = Math.getExponent(x);
        return exponent >= -130 && exponent < 127 ? x : Math.scalb(x, exponent / 8 - exponent);
    }
}
