package adjoint.optim;

import adjoint.codegen.Expr;

/** The operations that PyTorch's optimizers are made of, rounded as its loops over vectors round them. */
final class Fused {
    private Fused() {}

    /** {@code a + times · b}. */
    static Expr add(Expr a, Expr times, Expr b) {
        return times.fma(b, a);
    }

    /** {@code a + times · b · c}. */
    static Expr addcmul(Expr a, Expr times, Expr b, Expr c) {
        return times.mul(b).fma(c, a);
    }

    /** {@code a + times · b / c}. */
    static Expr addcdiv(Expr a, Expr times, Expr b, Expr c) {
        return a.add(times.mul(b).div(c));
    }

    /** {@code a + weight · (b − a)} for a weight below one half. */
    static Expr lerp(Expr a, Expr b, Expr weight) {
        return weight.fma(b.sub(a), a);
    }

    /** {@code b − rest · (b − a)}, which is the same with {@code rest = 1 − weight}, for greater weights. */
    static Expr lerpFrom(Expr b, Expr a, Expr rest) {
        return b.sub(a).neg().fma(rest, b);
    }

    /** Whether {@link #lerp} is the one to take. */
    static boolean isNear(double weight) {
        return weight < 0.5;
    }
}
