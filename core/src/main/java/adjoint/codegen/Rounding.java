package adjoint.codegen;

/**
 * Rounding to whole numbers by the rounding of addition itself: beyond 2^fraction every number is whole, below it
 * adding and taking off 2^fraction leaves the nearest whole number, ties to even. All keep the sign of zero.
 */
final class Rounding {
    private Rounding() {}

    static Expr round(FloatFormat f, Expr x) {
        double whole = Math.scalb(1.0, f.fraction);
        Expr magnitude = x.abs();
        Expr nearest = f.withSignOf(magnitude.add(whole).sub(whole), x);
        return magnitude.lt(whole).select(nearest, x);
    }

    static Expr floor(FloatFormat f, Expr x) {
        Expr nearest = round(f, x);
        return nearest.gt(x).select(nearest.sub(1), nearest);
    }

    static Expr ceil(FloatFormat f, Expr x) {
        Expr nearest = round(f, x);
        return nearest.lt(x).select(f.withSignOf(nearest.add(1).abs(), x), nearest);
    }

    static Expr trunc(FloatFormat f, Expr x) {
        return x.ne(x).select(x, f.withSignOf(floor(f, x.abs()), x));
    }
}
