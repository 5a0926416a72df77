package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/**
 * exp and what is made from it. x = k·ln 2 + r with |r| ≤ ½ ln 2 (Cody and Waite, <i>Software Manual for the Elementary
 * Functions</i>, 1980; with fma two constants suffice), then 2^k by exponent bits.
 */
final class Exponentials {
    /** (e^r − 1 − r) / r² on |r| ≤ 0.35: relative error of e^r − 1 below 2^-31.8 and 2^-61.5. */
    private static final double[] SINGLE = {0.5, 0.16666667, 0.041666344, 0.00833327, 0.0013942046, 0.00019915617};

    private static final double[] DOUBLE = {
        0.5,
        0.16666666666666677,
        0.041666666666666706,
        0.008333333333320654,
        0.0013888888888865017,
        0.000198412698888939,
        2.480158736417387e-05,
        2.7557241163097222e-06,
        2.7557239660844434e-07,
        2.511017920562179e-08,
        2.0925400826990294e-09
    };

    /** (tanh(x)/x − 1) / x² as a polynomial in x², x² ≤ 0.625²: relative error of tanh below 2^-32.6 and 2^-61.2. */
    private static final double[] TANH_SINGLE = {
        -0.3333333, 0.1333321, -0.053947203, 0.021702968, -0.0081826765, 0.0021475393
    };

    private static final double[] TANH_DOUBLE = {
        -0.33333333333333315,
        0.13333333333330075,
        -0.05396825396621134,
        0.021869488472344076,
        -0.008863234363867883,
        0.0035921144619991295,
        -0.0014557287009272504,
        0.0005894627749868694,
        -0.00023704071062267105,
        9.16070355995284e-05,
        -3.023416225376416e-05,
        6.062321163315176e-06
    };

    private static final double LOG2_E = 1.4426950408889634;

    private Exponentials() {}

    static Expr exp(FloatFormat f, Expr x) {
        // Beyond these the result is 0 or infinite anyway, and k would leave the bits it has.
        return reducedExp(f, x.max(f.pick(-104, -746)).min(f.pick(89, 710)));
    }

    /** exp of a number already within the bounds. */
    private static Expr reducedExp(FloatFormat f, Expr x) {
        return expWithTail(f, x, Expr.of(0));
    }

    /** {@code e^(x + tail)} for {@code x} within the bounds and a tail below its last bit. */
    static Expr expWithTail(FloatFormat f, Expr x, Expr tail) {
        return Power.of(f, x, tail).value(f);
    }

    /** A power of e taken apart, {@code (1 + fraction) · 2^k}: what it is multiplied with shares its roundings. */
    record Power(Expr fraction, Expr rounded) {
        /** {@code e^(x + tail)} for {@code x} within the bounds and a tail below its last bit. */
        static Power of(FloatFormat f, Expr x, Expr tail) {
            Expr t = f.roundedExponent(x, LOG2_E, f.bias);
            Expr r = remainder(f, x, f.exponentInteger(t, f.bias), tail);
            return new Power(expm1Small(f, r), t);
        }

        /** The power itself. */
        Expr value(FloatFormat f) {
            return f.scaled(fraction.add(1), rounded);
        }

        /** The power times a factor, which must not be subnormal. */
        Expr times(FloatFormat f, Expr factor) {
            return f.scaled(fraction.fma(factor, factor), rounded);
        }
    }

    /** exp of a number whose power is a normal number, for which one factor of two is enough. */
    static Expr normalExp(FloatFormat f, Expr x) {
        Expr t = f.roundedExponent(x, LOG2_E, 0);
        Expr r = remainder(f, x, f.exponentInteger(t, 0), Expr.of(0));
        return expm1Small(f, r).add(1).mul(f.powerOf(t));
    }

    /** {@code x + tail − k ln 2}; the first fma is exact, as x and k ln 2 nearly agree. */
    private static Expr remainder(FloatFormat f, Expr x, Expr k, Expr tail) {
        Expr high = k.fma(Expr.of(-f.ln2High), x);
        return tail instanceof Expr.Const ? k.fma(Expr.of(-f.ln2Low), high) : high.add(k.fma(Expr.of(-f.ln2Low), tail));
    }

    /** e^r − 1 for |r| ≤ 0.35. */
    private static Expr expm1Small(FloatFormat f, Expr r) {
        return r.mul(r).fma(polynomial(r, f.pick(SINGLE, DOUBLE)), r);
    }

    static Expr expm1(FloatFormat f, Expr x) {
        Expr bounded = x.max(f.pick(-18, -38)).min(f.pick(89, 710));
        // Half of the power, because 2^k itself overflows a little before the result does.
        Expr t = f.roundedExponent(bounded, LOG2_E, -1);
        Expr r = remainder(f, bounded, f.exponentInteger(t, -1), Expr.of(0));
        // e^r − 1 in two words, since 2^k (p + 1) − 1 partly cancels.
        Expr square = r.mul(r);
        Expr series = polynomial(r, f.pick(SINGLE, DOUBLE));
        Expr p = square.fma(series, r);
        Expr pLow = square.fma(series, r.sub(p));
        Expr half = f.powerOf(t);
        Expr shift = half.sub(0.5);
        Expr scaled = half.mul(p);
        Expr sum = shift.add(scaled);
        Expr lost = scaled.sub(sum.sub(shift));
        Expr y = sum.add(half.fma(pLow, lost)).mul(2);
        // Where x² is below the last bit; also keeps −0 and the last bit of subnormals.
        return x.abs().lt(f.pick(0x1p-26, 0x1p-55)).select(x, y);
    }

    static Expr exp2(FloatFormat f, Expr x) {
        Expr bounded = x.max(f.pick(-151, -1076)).min(f.pick(129, 1025));
        Expr t = f.roundedExponent(bounded, 1, f.bias);
        Expr r = bounded.sub(f.exponentInteger(t, f.bias)).mul(f.ln2High);
        return f.scaled(expm1Small(f, r).add(1), t);
    }

    /**
     * {@code e^a · 2^−places} in two words, for {@code 0 <= a}; {@code a} is cut off at {@code limit}, which must keep
     * the result finite.
     */
    static Two scaledExp(FloatFormat f, Expr a, int places, double limit) {
        Expr bounded = a.min(limit);
        Expr t = f.roundedExponent(bounded, LOG2_E, -places);
        Expr r = remainder(f, bounded, f.exponentInteger(t, -places), Expr.of(0));
        Expr square = r.mul(r);
        Expr series = polynomial(r, f.pick(SINGLE, DOUBLE));
        Expr p = square.fma(series, r);
        Expr pLow = square.fma(series, r.sub(p));
        Expr power = f.powerOf(t);
        Two sum = Two.fastSum(power, power.mul(p));
        return new Two(sum.high(), power.fma(pLow, sum.low()));
    }

    static Expr tanh(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Expr square = a.mul(a);
        Expr small = square.mul(a).fma(polynomial(square, f.pick(TANH_SINGLE, TANH_DOUBLE)), a);
        // tanh a = 1 − 2 / (e^2a + 1); from 10 (20) on that is 1.
        Expr twice = a.min(f.pick(10, 20)).mul(2);
        Expr t = f.roundedExponent(twice, LOG2_E, 0);
        Expr p = expm1Small(f, remainder(f, twice, f.exponentInteger(t, 0), Expr.of(0)));
        Expr power = f.powerOf(t);
        Expr large = Expr.of(1).sub(Expr.of(2).div(power.fma(p, power.add(1))));
        return f.withSignOf(a.lt(0.625).select(small, large), x);
    }

    static Expr sigmoid(FloatFormat f, Expr x) {
        // With t = e^-|x| ≤ 1 nothing overflows: 1/(1 + t) to the right of 0, t/(1 + t) to the left.
        Expr t = reducedExp(f, x.abs().neg().max(f.pick(-104, -746)));
        Expr numerator = x.lt(0).select(t, Expr.of(1));
        // The quotient by 1 + t, corrected for what rounding took from the sum and from the quotient.
        Expr sum = t.add(1);
        Expr lost = Expr.of(1).sub(sum).add(t);
        Expr reciprocal = Expr.of(1).div(sum);
        Expr quotient = numerator.mul(reciprocal);
        Expr rest = quotient.neg().fma(lost, quotient.neg().fma(sum, numerator));
        return rest.fma(reciprocal, quotient);
    }
}
