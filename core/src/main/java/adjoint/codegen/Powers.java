package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** pow: e^(y log x) with the logarithm in two words, and the special cases of IEEE 754. */
final class Powers {
    /** ((2 atanh(s)/s − 2) / s² − 2/3) / s² as a polynomial in s²: relative error of the logarithm 2^-36 and 2^-66. */
    private static final double[] SINGLE = {0.40000153, 0.28547084, 0.23419818};

    private static final double[] DOUBLE = {
        0.40000000000001373,
        0.2857142857045249,
        0.22222222465472694,
        0.18181788583848385,
        0.15386582502344645,
        0.13260528143362227,
        0.13164636042803401
    };

    private Powers() {}

    /** The sum of two numbers, the first the larger, or any number and what belongs below its last bit. */
    private record Two(Expr high, Expr low) {
        /** {@code a + b} exactly, if |a| ≥ |b| (Dekker 1971). */
        static Two fastSum(Expr a, Expr b) {
            Expr high = a.add(b);
            return new Two(high, a.sub(high).add(b));
        }

        Two times(Two b) {
            Expr product = high.mul(b.high);
            Expr rest = high.fma(b.high, product.neg());
            return new Two(product, low.fma(b.high, high.fma(b.low, rest)));
        }
    }

    static Expr pow(FloatFormat f, Expr x, Expr y) {
        Expr a = x.abs();
        Expr absY = y.abs();
        Two log = log(f, a);
        Expr infinity = Expr.of(Double.POSITIVE_INFINITY);
        // From here on 0 and infinity take the way of all numbers.
        Expr logHigh = a.eq(0).select(infinity.neg(), a.lt(infinity).select(log.high(), a));
        Expr product = y.mul(logHigh);
        Expr bound = Expr.of(f.pick(128, 1024));
        Expr tail = y.fma(log.low(), y.fma(logHigh, product.neg()));
        Expr exponent = product.max(f.pick(-104, -746)).min(f.pick(89, 710));
        Expr magnitude =
                Exponentials.expWithTail(f, exponent, product.abs().lt(bound).select(tail, Expr.of(0)));
        Expr odd = isInteger(f, absY).and(isInteger(f, absY.mul(0.5)).not());
        Expr signed = odd.select(f.withSignOf(magnitude, x), magnitude);
        Expr undefined = x.lt(0).and(a.lt(infinity)).and(isInteger(f, absY).not());
        Expr one = y.eq(0).or(x.eq(1)).or(a.eq(1).and(absY.eq(infinity)));
        return one.select(Expr.of(1), undefined.select(Expr.of(Double.NaN), signed));
    }

    /** Whether a number that is not negative has no fraction. */
    private static Expr isInteger(FloatFormat f, Expr a) {
        double unit = Math.scalb(1.0, f.fraction);
        Expr bounded = a.min(unit);
        return bounded.add(unit).sub(unit).eq(bounded);
    }

    /** The logarithm of a positive number in two words. */
    private static Two log(FloatFormat f, Expr a) {
        var parts = Logarithms.Parts.of(f, a);
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
        Two p = Two.fastSum(Expr.of(third), z.high().mul(polynomial(z.high(), f.pick(SINGLE, DOUBLE))));
        Two t = z.times(new Two(p.high(), p.low().add(thirdLow)));
        Two g = Two.fastSum(Expr.of(2), t.high());
        Two m = s.times(new Two(g.high(), g.low().add(t.low())));
        Expr e = parts.exponent();
        Two head = Two.fastSum(e.mul(Logarithms.shortLn2(f)), m.high());
        Expr rest = e.fma(Expr.of(Logarithms.restOfLn2(f)), m.low());
        return Two.fastSum(head.high(), head.low().add(rest));
    }
}
