package adjoint.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.codegen.ElementaryAccuracy.Points;
import adjoint.codegen.ElementaryAccuracy.Subject;
import adjoint.codegen.ElementaryAccuracy.Worst;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions' errors and special values; {@link ElementaryAccuracy} looks at all floats. */
final class ElementaryTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double call(Fn fn, DType dtype, double... x) {
        return ElementaryAccuracy.call(fn, dtype, x);
    }

    static List<Subject> subjects() {
        return Subject.all();
    }

    /** The page of errors must not lie: a sample is within what it says, and it says no more than is allowed. */
    @ParameterizedTest
    @MethodSource("subjects")
    void theTableHolds(Subject subject) throws IOException {
        ElementaryTable.Row row = ElementaryTable.read(page()).get(subject.toString());
        assertThat(row).as("%s in docs/elementary-error.md", subject).isNotNull();
        assertThat(Math.max(row.single(), row.dbl())).isLessThanOrEqualTo(ElementaryTable.bound(subject));
        Points points = Points.of(subject);
        assertThat(points.high()).hasSizeGreaterThanOrEqualTo(100);
        Worst dbl = ElementaryAccuracy.doubles(subject, points, Tier.INTERPRETED);
        assertThat(dbl.ulps()).as(dbl.toString()).isLessThanOrEqualTo(row.dbl());
        int stride = 400_009 / row.stride() * row.stride();
        Worst single = subject.arity() == 1
                ? ElementaryAccuracy.floats(subject, stride, Tier.INTERPRETED)
                : ElementaryAccuracy.pairs(
                        subject, points, Math.min(10_000, ElementaryTable.pairs(row.stride())), Tier.INTERPRETED);
        assertThat(single.ulps()).as(single.toString()).isLessThanOrEqualTo(row.single());
    }

    @Test
    void theTableListsNothingElse() throws IOException {
        assertThat(ElementaryTable.read(page()).keySet())
                .containsExactlyElementsOf(
                        subjects().stream().map(Subject::toString).toList());
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        return (Files.exists(here.resolve("docs/elementary-error.md")) ? here : here.getParent())
                .resolve("docs/elementary-error.md");
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
        "ASIN, -0.0, -0.0",
        "ASIN, 1.5, NaN",
        "ACOS, 1, 0",
        "ACOS, -1.5, NaN",
        "ATAN, -0.0, -0.0",
        "ATAN, Infinity, 1.5707963267948966",
        "TAN, -0.0, -0.0",
        "TAN, Infinity, NaN",
        "SINH, -0.0, -0.0",
        "SINH, -Infinity, -Infinity",
        "SINH, -1.4e-45, -1.4e-45",
        "COSH, -Infinity, Infinity",
        "COSH, 0, 1",
        "ASINH, -0.0, -0.0",
        "ASINH, -Infinity, -Infinity",
        "ACOSH, 1, 0",
        "ACOSH, 0.5, NaN",
        "ACOSH, Infinity, Infinity",
        "ATANH, -0.0, -0.0",
        "ATANH, 1, Infinity",
        "ATANH, -1, -Infinity",
        "ATANH, 2, NaN",
        "EXP2, -3, 0.125",
        "EXP2, -Infinity, 0",
        "EXP2, Infinity, Infinity",
        "LOG2, 8, 3",
        "LOG2, 0, -Infinity",
        "LOG2, -1, NaN",
        "LOG10, 1000, 3",
        "LOG10, Infinity, Infinity",
        "LOGIT, 0, -Infinity",
        "LOGIT, 1, Infinity",
        "LOGIT, 0.5, 0",
        "LOGIT, -0.1, NaN",
        "CBRT, -27, -3",
        "CBRT, -0.0, -0.0",
        "CBRT, -Infinity, -Infinity",
        "ERF, -0.0, -0.0",
        "ERF, -Infinity, -1",
        "ERFC, Infinity, 0",
        "ERFC, -Infinity, 2",
        "ERFINV, -0.0, -0.0",
        "ERFINV, 1, Infinity",
        "ERFINV, -1, -Infinity",
        "ERFINV, 1.5, NaN",
        "LGAMMA, 1, 0",
        "LGAMMA, 2, 0",
        "LGAMMA, 0, Infinity",
        "LGAMMA, -3, Infinity",
        "LGAMMA, -Infinity, Infinity",
        "LGAMMA, Infinity, Infinity",
        "DIGAMMA, 0, -Infinity",
        "DIGAMMA, -0.0, Infinity",
        "DIGAMMA, -3, NaN",
        "DIGAMMA, -Infinity, NaN",
        "DIGAMMA, Infinity, Infinity",
        "SINC, 0, 1",
        "SINC, 3, 0",
        "SINC, Infinity, NaN",
        "SINC, 1e30, 0",
        "I0, 0, 1",
        "I0, -Infinity, NaN",
        "I1, -0.0, -0.0",
        "I1, -Infinity, NaN",
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

    @ParameterizedTest
    @EnumSource(Fn.class)
    void nanWithAnyPayloadStaysNan(Fn fn) {
        for (int bits : new int[] {0x7fc00000, 0x7fffffff, 0xffffffff, 0x7f800001, 0xffc00055}) {
            double nan = Float.intBitsToFloat(bits);
            double[] args = fn == Fn.POLYGAMMA
                    ? new double[] {1, nan}
                    : fn.arity() == 2 ? new double[] {nan, 3} : new double[] {nan};
            assertThat(call(fn, DType.F32, args)).isNaN();
        }
        for (long bits : new long[] {0x7ff8000000000000L, -1L, 0x7fffffffffffffffL, 0x7ff0000000000001L}) {
            double nan = Double.longBitsToDouble(bits);
            double[] args = fn == Fn.POLYGAMMA
                    ? new double[] {1, nan}
                    : fn.arity() == 2 ? new double[] {nan, 3} : new double[] {nan};
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
