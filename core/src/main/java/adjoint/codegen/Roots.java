package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** The cube root and the hypotenuse. */
final class Roots {
    /** ∛(1 + f) on √½ − 1 ≤ f ≤ √2 − 1 to 2^-13. */
    private static final double[] START = {1.0000612, 0.33375582, -0.11543803, 0.05662525};

    private Roots() {}

    static Expr cbrt(FloatFormat f, Expr x) {
        var parts = Logarithms.Parts.of(f, x.abs());
        // exponent = 3 third + rest, |rest| ≤ 1.
        Expr nearest = f.rounded(parts.exponent(), 1 / 3.0);
        Expr rest = f.integer(nearest).fma(Expr.of(-3), parts.exponent());
        Expr factor = rest.lt(0).select(Expr.of(0.5), rest.eq(0).select(Expr.of(1), Expr.of(2)));
        Expr root = rest.lt(0)
                .select(Expr.of(StrictMath.cbrt(0.5)), rest.eq(0).select(Expr.of(1), Expr.of(StrictMath.cbrt(2))));
        Expr m = parts.mantissa().mul(factor);
        Expr y = polynomial(parts.mantissa().sub(1), START).mul(root);
        // Halley's iteration triples the digits; the last step adds its correction to y with one rounding.
        if (f == FloatFormat.DOUBLE) {
            y = step(m, y);
        }
        y = step(m, y).mul(f.powerOfTwo(nearest.rawBits()));
        Expr finite = x.abs().lt(Double.POSITIVE_INFINITY).and(x.eq(0).not());
        return finite.select(f.withSignOf(y, x), x);
    }

    private static Expr step(Expr m, Expr y) {
        Two square = Two.product(y, y);
        Two cube = Two.product(square.high(), y);
        Expr residual = m.sub(cube.high()).sub(square.low().fma(y, cube.low()));
        return y.fma(residual.div(cube.high().fma(Expr.of(2), m)), y);
    }

    static Expr hypot(FloatFormat f, Expr x, Expr y) {
        Expr a = x.abs().max(y.abs());
        Expr b = x.abs().min(y.abs());
        // Squares must neither overflow nor lose their low words.
        Expr huge = Expr.of(f.pick(0x1p60, 0x1p500)).lt(a);
        Expr tiny = a.lt(f.pick(0x1p-30, 0x1p-400));
        double down = f.pick(0x1p-70, 0x1p-600);
        double up = f.pick(0x1p90, 0x1p700);
        Expr scale = huge.select(Expr.of(down), tiny.select(Expr.of(up), Expr.of(1)));
        Expr back = huge.select(Expr.of(1 / down), tiny.select(Expr.of(1 / up), Expr.of(1)));
        Expr p = a.mul(scale);
        Expr q = b.mul(scale);
        Two first = Two.product(p, p);
        Two second = Two.product(q, q);
        Two sum = Two.fastSum(first.high(), second.high());
        Two root = new Two(sum.high(), sum.low().add(first.low().add(second.low()))).sqrt(f);
        Expr infinity = Expr.of(Double.POSITIVE_INFINITY);
        Expr infinite = x.abs().eq(infinity).or(y.abs().eq(infinity));
        return infinite.select(infinity, root.rounded().mul(back));
    }
}
