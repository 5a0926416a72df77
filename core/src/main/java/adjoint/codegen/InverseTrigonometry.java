package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** atan, atan2, asin and acos: an argument below tan(π/8) or below ½, a polynomial, and a multiple of π/4. */
final class InverseTrigonometry {
    /** (atan(t)/t − 1) / t² as a polynomial in t², |t| ≤ tan(π/8): relative error of atan below 2^-28 and 2^-62. */
    private static final double[] ATAN_SINGLE = {-0.3333333, 0.19999549, -0.14264175, 0.10745673, -0.064572945};

    private static final double[] ATAN_DOUBLE = {
        -0.3333333333333333,
        0.1999999999999981,
        -0.14285714285660686,
        0.11111111105229463,
        -0.09090908756772165,
        0.07692296459206163,
        -0.0666642623274607,
        0.05878942802309088,
        -0.05230544856152321,
        0.04551960948658271,
        -0.03457896160630883,
        0.016294000728891745
    };

    /** (asin(s)/s − 1) / s² as a polynomial in s², |s| ≤ ½: relative error of asin below 2^-29 and 2^-61. */
    private static final double[] ASIN_SINGLE = {
        0.16666666, 0.07500099, 0.04459803, 0.031116156, 0.01707786, 0.033805747
    };

    private static final double[] ASIN_DOUBLE = {
        0.16666666666666666,
        0.07500000000000125,
        0.04464285714253574,
        0.030381944476963723,
        0.02237215737767329,
        0.01735281834070849,
        0.013963748435199949,
        0.011566830427132645,
        0.009618864779963437,
        0.009335970060991405,
        0.0029838811037374503,
        0.01970071180526169,
        -0.01944563642504257,
        0.0297378456439969
    };

    private InverseTrigonometry() {}

    static Expr atan(FloatFormat f, Expr x) {
        return f.withSignOf(firstTurn(f, x.abs(), Expr.of(1), null), x);
    }

    static Expr atan2(FloatFormat f, Expr y, Expr x) {
        Expr behind = f.withSignOf(Expr.of(1), x).lt(0);
        Expr a = y.abs();
        Expr b = x.abs();
        // Neither a sum nor a reciprocal may overflow.
        Expr more = a.max(b);
        Expr tiny = more.lt(Math.scalb(1.0, 4 - f.bias));
        Expr huge = more.ge(Math.scalb(1.0, f.bias - 2));
        Expr scale = huge.select(Expr.of(0.25), tiny.select(Expr.of(Math.scalb(1.0, f.fraction + 8)), Expr.of(1)));
        return f.withSignOf(firstTurn(f, a.mul(scale), b.mul(scale), behind), y);
    }

    /** The angle of the point (b, a), or (−b, a) where {@code behind} holds; neither is negative. */
    private static Expr firstTurn(FloatFormat f, Expr a, Expr b, Expr behind) {
        Expr less = a.min(b);
        Expr more = a.max(b);
        // Of the eighth of a turn below π/4 the upper half is turned back by π/4.
        Expr upper = more.mul(Math.sqrt(2) - 1).min(largest(f)).lt(less);
        Two difference = Two.fastSum(more.neg(), less);
        Two sum = Two.fastSum(more, less);
        Expr zero = Expr.of(0);
        Two quotient = Two.quotient(
                new Two(upper.select(difference.high(), less), upper.select(difference.low(), zero)),
                new Two(upper.select(sum.high(), more), upper.select(sum.low(), zero)));
        Expr flat = less.eq(more).or(more.eq(Double.POSITIVE_INFINITY));
        Expr t = flat.select(zero, quotient.high());
        Expr tLow = flat.select(zero, quotient.low());
        Expr square = t.mul(t);
        Expr series = square.mul(t).fma(polynomial(square, f.pick(ATAN_SINGLE, ATAN_DOUBLE)), tLow);
        // The angle is quarters · π/4 ± atan t.
        Expr swapped = b.lt(a);
        Expr eighths = upper.select(Expr.of(1), Expr.of(0));
        eighths = swapped.select(Expr.of(2).sub(eighths), eighths);
        Expr minus = swapped;
        if (behind != null) {
            eighths = behind.select(Expr.of(4).sub(eighths), eighths);
            minus = swapped.xor(behind);
        }
        Expr first = minus.select(t.neg(), t);
        Expr rest = minus.select(series.neg(), series);
        // π/4 in two words, the first so short that its multiples are exact.
        Expr turned = eighths.mul(f.pick(0x1.921fbp-1, 0x1.921fb54442dp-1));
        Expr turnedLow = eighths.mul(f.pick(0x1.51110b4611a6p-23, 0x1.8469898cc517p-49));
        Two angle = Two.fastSum(turned, first);
        return eighths.eq(0).select(first.add(rest), angle.high().add(rest.add(turnedLow.add(angle.low()))));
    }

    private static double largest(FloatFormat f) {
        return f.pick(Float.MAX_VALUE, Double.MAX_VALUE);
    }

    /** asin(s) = s + rest for |s| ≤ ½. */
    private static Expr rest(FloatFormat f, Expr s, Expr square) {
        return s.mul(square).mul(polynomial(square, f.pick(ASIN_SINGLE, ASIN_DOUBLE)));
    }

    /** asin of a number from ½ to 1 is π/2 − 2 asin(root), with the root in two words. */
    private static Two root(FloatFormat f, Expr half) {
        return new Two(half, Expr.of(0)).sqrt(f);
    }

    private static double halfPi(FloatFormat f) {
        return f.pick(0x1.921fb6p0, 0x1.921fb54442d18p0);
    }

    private static double halfPiLow(FloatFormat f) {
        return f.pick(-0x1.777a5cp-25, 0x1.1a62633145c07p-54);
    }

    static Expr asin(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Expr outer = Expr.of(0.5).lt(a);
        Expr half = Expr.of(1).sub(a).mul(0.5);
        Two root = root(f, half);
        Expr s = outer.select(root.high(), a);
        Expr rest = rest(f, s, outer.select(half, a.mul(a)));
        Expr large = Expr.of(halfPi(f)).sub(s.add(s));
        Expr lost = Expr.of(halfPi(f)).sub(large).sub(s.add(s));
        Expr tail = rest.add(root.low()).mul(-2).add(lost).add(halfPiLow(f));
        return f.withSignOf(outer.select(large.add(tail), a.add(rest)), x);
    }

    static Expr acos(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Expr outer = Expr.of(0.5).lt(a);
        Expr half = Expr.of(1).sub(a).mul(0.5);
        Two root = root(f, half);
        Expr s = outer.select(root.high(), x);
        Expr rest = rest(f, s, outer.select(half, x.mul(x)));
        Two middle = Two.fastSum(Expr.of(halfPi(f)), s.neg());
        Expr inner = middle.high().add(middle.low().add(halfPiLow(f)).sub(rest));
        Expr twice = rest.add(root.low()).mul(2);
        Two far = Two.fastSum(Expr.of(2 * halfPi(f)), s.mul(-2));
        Expr left = far.high().add(far.low().add(2 * halfPiLow(f)).sub(twice));
        Expr right = s.fma(Expr.of(2), twice);
        return outer.select(x.lt(0).select(left, right), inner);
    }
}
