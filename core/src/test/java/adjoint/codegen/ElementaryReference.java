package adjoint.codegen;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The elementary functions to 45 digits by their Taylor series: slow, and with nothing in common with the
 * implementation under test.
 */
final class ElementaryReference {
    private static final MathContext MC = new MathContext(45);
    /** Reduction of arguments up to 10^308 takes that many digits of π, and 45 more. */
    private static final MathContext WIDE = new MathContext(420);

    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final BigDecimal LN2 = TWO.multiply(atanh(ONE.divide(BigDecimal.valueOf(3), MC)), MC);
    private static final BigDecimal HALF_PI = halfPi();
    private static final double TINY = 1e-12;

    private ElementaryReference() {}

    /** The function at finite arguments inside its domain. */
    static BigDecimal value(Fn fn, double x, double y) {
        BigDecimal exact = new BigDecimal(x);
        boolean tiny = Math.abs(x) < TINY;
        return switch (fn) {
            case EXP -> exp(exact);
            case EXPM1 -> tiny ? series(exact, 1, 1 / 2.0, 6) : exp(exact).subtract(ONE, MC);
            case LOG -> log(x);
            case LOG1P -> tiny ? series(exact, 1, -1 / 2.0, 3) : log(ONE.add(exact));
            case SIN -> sine(exact, 0);
            case COS -> sine(exact, 1);
            case TANH -> tanh(exact, tiny);
            case SIGMOID -> ONE.divide(ONE.add(exp(exact.negate()), WIDE), MC);
            case POW ->
                exp(log(Math.abs(x)).multiply(new BigDecimal(y), MC))
                        .multiply(x < 0 && y % 2 != 0 ? ONE.negate() : ONE);
        };
    }

    /** {@code a x + b x² ± x³/c}, for |x| so small that this is enough. */
    private static BigDecimal series(BigDecimal x, double a, double b, int c) {
        BigDecimal square = x.multiply(x, MC);
        return x.multiply(new BigDecimal(a))
                .add(square.multiply(new BigDecimal(b)), MC)
                .add(square.multiply(x, MC).divide(BigDecimal.valueOf(c), MC), MC);
    }

    private static BigDecimal tanh(BigDecimal x, boolean tiny) {
        if (tiny) {
            return series(x, 1, 0, -3);
        }
        BigDecimal e = exp(x.multiply(TWO));
        return e.subtract(ONE, MC).divide(e.add(ONE, MC), MC);
    }

    private static BigDecimal exp(BigDecimal x) {
        int k = x.divide(LN2, MC).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
        // e^r from (e^(r/64))^64.
        BigDecimal r = x.subtract(LN2.multiply(BigDecimal.valueOf(k)), MC).divide(BigDecimal.valueOf(64), MC);
        BigDecimal sum = ONE;
        BigDecimal term = ONE;
        for (int i = 1; i < 22; i++) {
            term = term.multiply(r, MC).divide(BigDecimal.valueOf(i), MC);
            sum = sum.add(term, MC);
        }
        return sum.pow(64, MC).multiply(TWO.pow(k, MC), MC);
    }

    private static BigDecimal log(double x) {
        return log(new BigDecimal(x));
    }

    private static BigDecimal log(BigDecimal x) {
        double near = x.doubleValue();
        int e = near < Double.MIN_NORMAL ? Math.getExponent(near * 0x1p54) - 54 : Math.getExponent(near);
        BigDecimal m = x.multiply(TWO.pow(-e, WIDE), new MathContext(120));
        if (m.compareTo(BigDecimal.valueOf(1.5)) > 0) {
            m = m.divide(TWO);
            e++;
        }
        BigDecimal s = m.subtract(ONE).divide(m.add(ONE), MC);
        return TWO.multiply(atanh(s)).add(LN2.multiply(BigDecimal.valueOf(e)), MC);
    }

    private static BigDecimal atanh(BigDecimal s) {
        BigDecimal square = s.multiply(s, MC);
        BigDecimal sum = s;
        BigDecimal power = s;
        for (int i = 3; i < 110; i += 2) {
            power = power.multiply(square, MC);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), MC), MC);
        }
        return sum;
    }

    /** sin(x + quarters · π/2). */
    private static BigDecimal sine(BigDecimal x, int quarters) {
        BigDecimal n = x.divide(HALF_PI, WIDE).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(n.multiply(HALF_PI)).round(MC);
        int quadrant = Math.floorMod(n.toBigInteger().and(BigInteger.valueOf(3)).intValue() + quarters, 4);
        BigDecimal square = r.multiply(r, MC);
        BigDecimal term = quadrant % 2 == 0 ? r : ONE;
        BigDecimal sum = term;
        for (int i = quadrant % 2 == 0 ? 2 : 1; i < 40; i += 2) {
            term = term.multiply(square, MC).divide(BigDecimal.valueOf(-(long) i * (i + 1)), MC);
            sum = sum.add(term, MC);
        }
        return quadrant < 2 ? sum : sum.negate();
    }

    /** π/2 = 8 atan(1/5) − 2 atan(1/239) (Machin). */
    private static BigDecimal halfPi() {
        return BigDecimal.valueOf(8).multiply(atanOfInverse(5)).subtract(TWO.multiply(atanOfInverse(239)), WIDE);
    }

    private static BigDecimal atanOfInverse(int n) {
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal power = ONE.divide(BigDecimal.valueOf(n), WIDE);
        BigDecimal sum = power;
        for (int i = 3; i < 640; i += 2) {
            power = power.divide(square, WIDE).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(i), WIDE), WIDE);
        }
        return sum;
    }

    /** The distance of a double from the true value in units in the last place of the latter. */
    static double ulps(double got, BigDecimal wanted) {
        if (Double.isNaN(got)) {
            return Double.POSITIVE_INFINITY;
        }
        double rounded = wanted.doubleValue();
        if (Double.isInfinite(rounded) || Double.isInfinite(got)) {
            return got == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(got)
                .subtract(wanted)
                .abs()
                .divide(new BigDecimal(Math.ulp(rounded)), MC)
                .doubleValue();
    }
}
