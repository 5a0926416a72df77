package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** log and log1p: x = 2^e · m with √½ ≤ m < √2, then log m by a polynomial in f = m − 1. */
final class Logarithms {
    /** (log(1 + f) − f + f²/2) / f³ on √½ − 1 ≤ f ≤ √2 − 1: relative error of the logarithm below 2^-30.3. */
    private static final double[] SINGLE = {
        0.33333313, -0.2500001, 0.20002124, -0.16668005, 0.14219454, -0.1240534, 0.11888695, -0.11677519, 0.06747739
    };

    /**
     * (2 atanh(s)/s − 2) / s² as a polynomial in s², s = f/(2 + f): relative error below 2^-58. A polynomial in f would
     * need some twenty coefficients, which costs more than the division (the form is fdlibm's e_log.c).
     */
    private static final double[] DOUBLE = {
        0.666666666666672,
        0.39999999999487773,
        0.2857142872909491,
        0.22222199740036092,
        0.18183510966092117,
        0.15315274955547686,
        0.14784811306943083
    };

    /** ((2 atanh(s)/s − 2) / s² − 2/3) / s² as a polynomial in s²: relative error of the logarithm 2^-36 and 2^-66. */
    private static final double[] TWO_WORDS_SINGLE = {0.40000153, 0.28547084, 0.23419818};

    private static final double[] TWO_WORDS_DOUBLE = {
        0.40000000000001373,
        0.2857142857045249,
        0.22222222465472694,
        0.18181788583848385,
        0.15386582502344645,
        0.13260528143362227,
        0.13164636042803401
    };

    private Logarithms() {}

    /** A positive number taken apart: {@code 2^exponent · mantissa}, √½ ≤ mantissa < √2. */
    record Parts(Expr exponent, Expr mantissa) {
        static Parts of(FloatFormat f, Expr x) {
            Expr subnormal = x.lt(f.minNormal);
            Expr normal = subnormal.select(x.mul(f.pick(0x1p25, 0x1p54)), x);
            Expr above = normal.rawBits().bits(Lane.BITS_SUB, sqrtHalfBits(f));
            Expr mantissa = above.bits(Lane.BITS_AND, (1L << f.fraction) - 1)
                    .bits(Lane.BITS_ADD, sqrtHalfBits(f))
                    .fromBits();
            Expr offset = subnormal.select(Expr.of(f.magic + f.pick(25, 54)), Expr.of(f.magic));
            return new Parts(f.toNumber(above.bits(Lane.BITS_SHR, f.fraction), offset), mantissa);
        }
    }

    private static long sqrtHalfBits(FloatFormat f) {
        return f == FloatFormat.SINGLE ? 0x3f3504f3L : 0x3fe6a09e667f3bcdL;
    }

    /** ln 2 with so many trailing zeros that its product with any exponent is exact. */
    static double shortLn2(FloatFormat f) {
        return f.pick(0x1.62e4p-1, 0x1.62e42feep-1);
    }

    /** ln 2 − {@link #shortLn2}. */
    static double restOfLn2(FloatFormat f) {
        return f.pick(0x1.7f7d1cp-20, 0x1.a39ef35793c76p-33);
    }

    static Expr log(FloatFormat f, Expr x) {
        Parts parts = Parts.of(f, x);
        Expr y = sum(f, parts.exponent(), parts.mantissa().sub(1), Expr.of(0));
        return inside(x, y);
    }

    /** The logarithm {@code y} where there is a finite one; else the special values. */
    private static Expr inside(Expr x, Expr y) {
        Expr outside = x.eq(0).select(Expr.of(Double.NEGATIVE_INFINITY), x.lt(0).select(Expr.of(Double.NaN), x));
        return Expr.of(0).lt(x).and(x.lt(Double.POSITIVE_INFINITY)).select(y, outside);
    }

    /** {@code exponent · ln 2 + log(1 + fraction) + correction}. */
    private static Expr sum(FloatFormat f, Expr exponent, Expr fraction, Expr correction) {
        Expr head = exponent.fma(Expr.of(shortLn2(f)), fraction);
        // What rounding took from the head (Dekker's fast sum), and the low part of exponent · ln 2.
        Expr lost = fraction.sub(exponent.fma(Expr.of(-shortLn2(f)), head));
        Expr small = correction instanceof Expr.Const ? lost : lost.add(correction);
        Expr tail = exponent.fma(Expr.of(restOfLn2(f)), small);
        Expr square = fraction.mul(fraction);
        if (f == FloatFormat.SINGLE) {
            Expr series = polynomial(fraction, SINGLE).fma(fraction, -0.5);
            return head.add(square.fma(series, tail));
        }
        Expr s = fraction.div(fraction.add(2));
        Expr z = s.mul(s);
        Expr half = square.mul(0.5);
        Expr series = z.fma(polynomial(z, DOUBLE), half);
        return head.add(s.fma(series, tail).sub(half));
    }

    static Expr log1p(FloatFormat f, Expr x) {
        // 1 + x only chooses the exponent; the fraction is x·2^-e + (2^-e − 1).
        Expr u = x.add(1);
        Expr e = u.rawBits().bits(Lane.BITS_SUB, sqrtHalfBits(f)).bits(Lane.BITS_SHR, f.fraction);
        // Four times 2^-e, as 2^-e can be subnormal.
        Expr scale = Expr.ofBits((long) (f.bias + 2) << f.fraction)
                .bits(Lane.BITS_SUB, e.bits(Lane.BITS_SHL, f.fraction))
                .fromBits();
        Expr scaled = x.mul(0.25).mul(scale);
        Expr shift = scale.fma(Expr.of(0.25), -1);
        Expr fraction = scaled.add(shift);
        // log(1 + f + lost) = log(1 + f) + lost / (1 + f), where 1 − f is close enough to the reciprocal.
        Expr lost = scaled.sub(fraction.sub(shift));
        Expr correction = fraction.neg().fma(lost, lost);
        Expr y = sum(f, f.toNumber(e, Expr.of(f.magic)), fraction, correction);
        Expr outside =
                x.eq(-1).select(Expr.of(Double.NEGATIVE_INFINITY), x.lt(-1).select(Expr.of(Double.NaN), x));
        Expr tiny = x.abs().lt(f.pick(0x1p-26, 0x1p-55));
        Expr inside = Expr.of(-1).lt(x).and(x.lt(Double.POSITIVE_INFINITY)).and(tiny.not());
        return inside.select(y, outside);
    }

    /** The logarithm of a positive number in two words. */
    static Two inTwoWords(FloatFormat f, Expr a) {
        var parts = Parts.of(f, a);
        Expr fraction = parts.mantissa().sub(1);
        // s = fraction / (2 + fraction) in two words.
        Two denominator = Two.fastSum(Expr.of(2), fraction);
        Expr reciprocal = Expr.of(1).div(denominator.high());
        Expr quotient = fraction.mul(reciprocal);
        Expr remainder = quotient.neg().fma(denominator.high(), fraction);
        Two s = new Two(
                quotient, quotient.neg().fma(denominator.low(), remainder).mul(reciprocal));
        Two z = s.times(s);
        double third = f.pick(0x1.555556p-1, 0x1.5555555555555p-1);
        double thirdLow = f.pick(-0x1.555556p-26, 0x1.5555555555555p-55);
        Two p = Two.fastSum(
                Expr.of(third), z.high().mul(polynomial(z.high(), f.pick(TWO_WORDS_SINGLE, TWO_WORDS_DOUBLE))));
        Two t = z.times(new Two(p.high(), p.low().add(thirdLow)));
        Two g = Two.fastSum(Expr.of(2), t.high());
        Two m = s.times(new Two(g.high(), g.low().add(t.low())));
        Expr e = parts.exponent();
        Two head = Two.fastSum(e.mul(shortLn2(f)), m.high());
        Expr rest = e.fma(Expr.of(restOfLn2(f)), m.low());
        return Two.fastSum(head.high(), head.low().add(rest));
    }

    /** The logarithm of a positive number that is itself in two words. */
    static Two inTwoWords(FloatFormat f, Two a) {
        Two log = inTwoWords(f, a.high());
        return Two.fastSum(log.high(), log.low().add(a.low().div(a.high())));
    }

    static Expr log2(FloatFormat f, Expr x) {
        return scaled(f, x, f.pick(0x1.715476p0, 0x1.71547652b82fep0), f.pick(0x1.4ae0bfp-26, 0x1.777d0ffda0d24p-56));
    }

    static Expr log10(FloatFormat f, Expr x) {
        return scaled(
                f, x, f.pick(0x1.bcb7b2p-2, 0x1.bcb7b1526e50ep-2), f.pick(-0x1.5b235ep-27, 0x1.95355baaafad3p-57));
    }

    /** The logarithm times a number in two words: so precise that whole results come out whole. */
    private static Expr scaled(FloatFormat f, Expr x, double high, double low) {
        Two log = inTwoWords(f, x).times(new Two(Expr.of(high), Expr.of(low)));
        return inside(x, log.rounded());
    }

    /** {@code log(e^a + e^b)} without overflow: {@code max(a, b) + log(1 + e^(−|a − b|))}. */
    static Expr logaddexp(FloatFormat f, Expr a, Expr b) {
        Expr distance = a.eq(b).select(Expr.of(0), a.sub(b).abs().neg());
        return a.max(b).add(log1p(f, Exponentials.exp(f, distance)));
    }
}
