package adjoint.tensor;

/** Special functions that are no methods of a tensor, elementwise: the others of torch.special are. */
public final class Special {
    private Special() {}

    /** The entropy {@code −x log x}; 0 at 0 and −∞ to the left of it. */
    public static Tensor entr(Tensor x) {
        Tensor real = Reductions.real("entr", x);
        Tensor inside = real.xlogy(real).neg();
        return Tensor.where(real.lt(0), Tensor.fullLike(inside, Double.NEGATIVE_INFINITY), inside);
    }

    /** {@code exp(−|x|) i0(x)}. */
    public static Tensor i0e(Tensor x) {
        return x.abs().neg().exp().mul(x.i0());
    }

    /** {@code exp(−|x|) i1(x)}. */
    public static Tensor i1e(Tensor x) {
        return x.abs().neg().exp().mul(x.i1());
    }

    /** The share of the standard normal distribution that lies below x. */
    public static Tensor ndtr(Tensor x) {
        return x.mul(-Math.sqrt(0.5)).erfc().mul(0.5);
    }

    /** {@code x log(1 + y)}; 0 where x is 0 and y is a number. Broadcasts. */
    public static Tensor xlog1py(Tensor x, Tensor y) {
        Tensor product = x.mul(y.log1p());
        Tensor zero = x.eq(0).logicalAnd(y.isNaN().logicalNot());
        return Tensor.where(zero, Tensor.zerosLike(product), product);
    }
}
