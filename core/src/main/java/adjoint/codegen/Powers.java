package adjoint.codegen;

/** pow: e^(y log x) with the logarithm in two words, and the special cases of IEEE 754. */
final class Powers {
    private Powers() {}

    static Expr pow(FloatFormat f, Expr x, Expr y) {
        Expr a = x.abs();
        Expr absY = y.abs();
        Two log = Logarithms.inTwoWords(f, a);
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
}
