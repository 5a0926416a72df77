package adjoint.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.DType;
import adjoint.types.DTypeException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The functions' errors and special values; {@link ElementaryAccuracy} looks at all floats. */
final class ElementaryTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double call(Fn fn, DType dtype, double... x) {
        Object[] arrays = new Object[x.length + 1];
        int[] ones = new int[x.length + 1];
        Arrays.fill(ones, 1);
        for (int i = 0; i <= x.length; i++) {
            double value = i == 0 ? 0 : x[i - 1];
            arrays[i] = dtype == DType.F32 ? new float[] {(float) value} : new double[] {value};
        }
        ElementaryAccuracy.loop(fn, dtype).run(arrays, new int[x.length + 1], ones, new double[0], 1);
        return dtype == DType.F32 ? ((float[]) arrays[0])[0] : ((double[]) arrays[0])[0];
    }

    /** The most that this function may be off, in units in the last place. */
    private static double allowed(Fn fn) {
        return switch (fn) {
            case LOG, LOG1P, SIN, COS -> 0.9;
            case EXP, POW -> 1.0;
            case TANH -> 1.25;
            case EXPM1 -> 1.25;
            case SIGMOID -> 1.5;
        };
    }

    @ParameterizedTest
    @EnumSource(value = Fn.class, names = "POW", mode = Mode.EXCLUDE)
    void floatsAreWithinTheBound(Fn fn) {
        var worst = ElementaryAccuracy.measure(fn, 0, 0xffffffffL, 100_003);
        assertThat(worst.ulps()).as(worst.toString()).isLessThan(allowed(fn));
    }

    @ParameterizedTest
    @EnumSource(value = Fn.class, names = "POW", mode = Mode.EXCLUDE)
    void doublesAreWithinTheBound(Fn fn) {
        var random = new SplittableRandom(11);
        double[] x = new double[600];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = argument(fn, random, i % 3);
        }
        ElementaryAccuracy.loop(fn, DType.F64)
                .run(new Object[] {y, x}, new int[2], new int[] {1, 1}, new double[0], x.length);
        for (int i = 0; i < x.length; i++) {
            BigDecimal wanted = ElementaryReference.value(fn, x[i], 0);
            assertThat(ElementaryReference.ulps(y[i], wanted))
                    .as("%s(%s) = %s, truly %s", fn, x[i], y[i], wanted.doubleValue())
                    .isLessThan(allowed(fn));
        }
    }

    /** Everyday numbers, all the range in which the function does something, and all magnitudes. */
    private static double argument(Fn fn, SplittableRandom random, int mode) {
        double sign = random.nextBoolean() ? 1 : -1;
        double everyday = sign * random.nextDouble() * (random.nextBoolean() ? 1 : 20);
        double any = sign * Math.scalb(1 + random.nextDouble(), random.nextInt(-1074, 1024));
        double x = switch (fn) {
            case EXP, SIGMOID -> mode < 2 ? everyday * (mode == 0 ? 1 : 38) : Math.clamp(any, -800, 800);
            case EXPM1, TANH -> mode < 2 ? everyday * (mode == 0 ? 0.1 : 35) : Math.clamp(any, -40, 700);
            case LOG -> Math.abs(mode == 0 ? 1 + everyday * 0.05 : mode == 1 ? everyday : any);
            case LOG1P -> mode == 0 ? everyday * 0.05 : mode == 1 ? Math.abs(everyday) - 1 : any;
            case SIN, COS -> mode < 2 ? everyday * (mode == 0 ? 1 : 1e5) : any;
            case POW -> any;
        };
        return fn == Fn.LOG1P && x <= -1 ? -x : x;
    }

    @Test
    void powersOfDoublesAreWithinTheBound() {
        var random = new SplittableRandom(12);
        for (int i = 0; i < 900; i++) {
            double base = i % 3 == 0
                    ? Math.scalb(1 + random.nextDouble(), random.nextInt(-1074, 1024))
                    : 1 + (random.nextDouble() - 0.5) * Math.scalb(1.0, -random.nextInt(i % 3 == 1 ? 2 : 40));
            double log = Math.log(base);
            double y = log == 0 ? 2 : (random.nextDouble() * 1460 - 750) / log * (i % 2 == 0 ? 1 : 0.01);
            double x = base;
            if (i % 7 == 0) {
                y = Math.rint(y);
                x = -base;
            }
            if (!Double.isFinite(y)) {
                continue;
            }
            double got = call(Fn.POW, DType.F64, x, y);
            BigDecimal wanted = ElementaryReference.value(Fn.POW, x, y);
            assertThat(ElementaryReference.ulps(got, wanted))
                    .as("pow(%s, %s) = %s, truly %s", x, y, got, wanted.doubleValue())
                    .isLessThan(allowed(Fn.POW));
        }
    }

    @Test
    void powersOfFloatsAreWithinTheBound() {
        var worst = ElementaryAccuracy.measurePow(13, 100_000);
        assertThat(worst.ulps()).as(worst.toString()).isLessThan(allowed(Fn.POW));
    }

    /** A power that the format holds comes out exactly: nobody expects 3² = 9.000001. */
    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F32", "F64"})
    void powersThatAreRepresentableAreExact(DType dtype) {
        for (int base = -30; base <= 30; base++) {
            for (int y = 1; y < 100 && Math.abs(Math.pow(base, y)) <= 0x1p24; y++) {
                double wanted = Math.pow(base, y);
                assertThat(call(Fn.POW, dtype, base, y)).isEqualTo(wanted);
                if (base > 1 && dtype == DType.F64) {
                    assertThat(call(Fn.POW, dtype, wanted * wanted, 0.5)).isEqualTo(wanted);
                }
            }
        }
        for (int y = -149; y < 128; y++) {
            assertThat(call(Fn.POW, dtype, 2, y)).isEqualTo(Math.scalb(1.0, y));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F32", "F64"})
    void powHasTheSpecialCasesOfIeee(DType dtype) {
        double max = dtype == DType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        double min = dtype == DType.F32 ? Float.MIN_VALUE : Double.MIN_VALUE;
        double below = dtype == DType.F32 ? Math.nextDown(1f) : Math.nextDown(1.0);
        double odd = dtype == DType.F32 ? 0x1p24 - 1 : 0x1p53 - 1;
        double[] specials = {
            0.0, -0.0, 1, -1, INF, -INF, NAN, 2, -2, 3, -3, 0.5, -0.5, 2.5, -2.5, max, -max, min, -min, below, -below,
            odd, -odd, odd + 1, odd / 2, -odd / 2, 1e30, -1e30
        };
        for (double x : specials) {
            for (double y : specials) {
                // Java's pow differs from IEEE's in these: it takes |x|^±∞ for |x| = 1, and 1^NaN, to be NaN.
                boolean one = x == 1 || (x == -1 && Double.isInfinite(y));
                double wanted = one ? 1 : StrictMath.pow(x, y);
                double got = call(Fn.POW, dtype, x, y);
                double error = dtype == DType.F32
                        ? ElementaryAccuracy.ulps((float) got, wanted)
                        : Double.isNaN(wanted) || Double.isInfinite(wanted) || wanted == 0
                                ? (Double.compare(got, wanted) == 0 ? 0 : INF)
                                : Math.abs(got - wanted) / Math.ulp(wanted);
                assertThat(error)
                        .as("pow(%s, %s) = %s, truly %s", x, y, got, wanted)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXP, 0, 1",
        "EXP, -0.0, 1",
        "EXP, Infinity, Infinity",
        "EXP, -Infinity, 0",
        "EXP, NaN, NaN",
        "EXP, 89, Infinity",
        "EXP, -104, 0",
        "EXPM1, 0, 0",
        "EXPM1, -0.0, -0.0",
        "EXPM1, Infinity, Infinity",
        "EXPM1, -Infinity, -1",
        "EXPM1, NaN, NaN",
        "EXPM1, 1.4e-45, 1.4e-45",
        "EXPM1, -1e-30, -1e-30",
        "EXPM1, -100, -1",
        "LOG, 1, 0",
        "LOG, 0, -Infinity",
        "LOG, -0.0, -Infinity",
        "LOG, -1, NaN",
        "LOG, -Infinity, NaN",
        "LOG, Infinity, Infinity",
        "LOG, NaN, NaN",
        "LOG1P, 0, 0",
        "LOG1P, -0.0, -0.0",
        "LOG1P, -1, -Infinity",
        "LOG1P, -1.5, NaN",
        "LOG1P, -Infinity, NaN",
        "LOG1P, Infinity, Infinity",
        "LOG1P, NaN, NaN",
        "LOG1P, 1.4e-45, 1.4e-45",
        "LOG1P, -1e-30, -1e-30",
        "SIN, 0, 0",
        "SIN, -0.0, -0.0",
        "SIN, Infinity, NaN",
        "SIN, -Infinity, NaN",
        "SIN, NaN, NaN",
        "SIN, 1.4e-45, 1.4e-45",
        "COS, 0, 1",
        "COS, -0.0, 1",
        "COS, Infinity, NaN",
        "COS, -Infinity, NaN",
        "COS, NaN, NaN",
        "TANH, 0, 0",
        "TANH, -0.0, -0.0",
        "TANH, Infinity, 1",
        "TANH, -Infinity, -1",
        "TANH, NaN, NaN",
        "TANH, 30, 1",
        "TANH, -1.4e-45, -1.4e-45",
        "SIGMOID, 0, 0.5",
        "SIGMOID, -0.0, 0.5",
        "SIGMOID, Infinity, 1",
        "SIGMOID, -Infinity, 0",
        "SIGMOID, NaN, NaN",
    })
    void specialValues(Fn fn, double x, double wanted) {
        // Boxed: NaN equals NaN and −0 differs from 0.
        assertThat((Double) call(fn, DType.F32, x)).as("float32").isEqualTo((Double) (double) (float) wanted);
        if (Math.abs(x) < 80 || Double.isInfinite(x) || wanted == -1) {
            assertThat((Double) call(fn, DType.F64, x)).as("float64").isEqualTo((Double) wanted);
        }
    }

    @Test
    void rangeEndsOfDoubles() {
        assertThat(call(Fn.EXP, DType.F64, 709.782712893384)).isFinite();
        assertThat(call(Fn.EXP, DType.F64, 709.7827128933841)).isEqualTo(INF);
        assertThat(call(Fn.EXP, DType.F64, -745.1332191019411)).isEqualTo(Double.MIN_VALUE);
        assertThat(call(Fn.EXP, DType.F64, -745.1332191019412)).isZero();
        assertThat(call(Fn.EXPM1, DType.F64, 709.782712893384)).isFinite();
        assertThat(call(Fn.SIGMOID, DType.F64, -740)).isEqualTo(StrictMath.exp(-740));
        assertThat(call(Fn.LOG, DType.F64, Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
        assertThat(call(Fn.LOG, DType.F64, Double.MAX_VALUE)).isEqualTo(StrictMath.log(Double.MAX_VALUE));
        assertThat(call(Fn.LOG1P, DType.F64, Double.MAX_VALUE)).isEqualTo(StrictMath.log(Double.MAX_VALUE));
        assertThat(call(Fn.LOG1P, DType.F64, Math.nextUp(-1.0))).isEqualTo(StrictMath.log1p(Math.nextUp(-1.0)));
    }

    /** The numbers of either format that come nearest to multiples of π/2 (Muller, <i>Elementary Functions</i>, 2006). */
    @Test
    void anglesNextToAMultipleOfAQuarterTurn() {
        double single = Math.scalb(16367173.0, 72);
        double dbl = Math.scalb(6381956970095103.0, 797);
        for (Fn fn : List.of(Fn.SIN, Fn.COS)) {
            double wanted = ElementaryReference.value(fn, single, 0).doubleValue();
            assertThat(ElementaryAccuracy.ulps((float) call(fn, DType.F32, single), wanted))
                    .isLessThan(allowed(fn));
            assertThat(ElementaryReference.ulps(call(fn, DType.F64, dbl), ElementaryReference.value(fn, dbl, 0)))
                    .isLessThan(allowed(fn));
        }
    }

    @ParameterizedTest
    @EnumSource(Fn.class)
    void nanWithAnyPayloadStaysNan(Fn fn) {
        for (int bits : new int[] {0x7fc00000, 0x7fffffff, 0xffffffff, 0x7f800001, 0xffc00055}) {
            double nan = Float.intBitsToFloat(bits);
            double[] args = fn == Fn.POW ? new double[] {nan, 3} : new double[] {nan};
            assertThat(call(fn, DType.F32, args)).isNaN();
        }
        for (long bits : new long[] {0x7ff8000000000000L, -1L, 0x7fffffffffffffffL, 0x7ff0000000000001L}) {
            double nan = Double.longBitsToDouble(bits);
            double[] args = fn == Fn.POW ? new double[] {nan, 3} : new double[] {nan};
            assertThat(call(fn, DType.F64, args)).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource(Fn.class)
    void integersAreRefused(Fn fn) {
        List<Expr> args = List.of(new Expr.Input(0, Kind.NUMBER), new Expr.Input(1, Kind.NUMBER));
        assertThatThrownBy(() -> Elementary.expand(fn, DType.I64, args.subList(0, fn.arity())))
                .isInstanceOf(DTypeException.class)
                .hasMessageContainingAll(fn.name().toLowerCase(Locale.ROOT), "int64", "Convert");
    }
}
