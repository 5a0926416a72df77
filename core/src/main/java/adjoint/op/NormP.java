package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * The p-norm {@code (Σ |x|ᵖ)^(1/p)} over some dimensions for a p that is neither 0, 1, 2 nor infinite; for p = 2 see
 * {@link Norm2}. Its gradient {@code sign(x) |x|ᵖ⁻¹ ‖x‖¹⁻ᵖ} is 0 where x or the norm is 0, as in PyTorch.
 */
public record NormP(Shape from, Dims dims, Shape to, double p) implements RuleOp {
    @Override
    public String opName() {
        return "norm";
    }

    @Override
    public String gradName() {
        return "LinalgVectorNormBackward0";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided powers = Unary.ABS.op().evaluate(in);
        Binary.POW.withRight(p).evaluateInto(powers, powers);
        Strided sums = Reduce.sum(powers, dims.marks(), to);
        Binary.POW.withRight(1 / p).evaluateInto(sums, sums);
        return sums;
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        long[] kept = dims.kept(from).sizes();
        Tensor x = saved.input(0);
        Tensor norm = saved.output().reshape(kept);
        Tensor incoming = g.reshape(kept);
        Tensor absolute = x.mul(x.sign()); // so that an unknown second derivative at 0 is NaN, not 0
        if (p < 1) {
            return x.sign().mul(zeroWhere(x.eq(0), absolute.pow(p - 1))).mul(incoming.mul(norm.pow(1 - p)));
        }
        Tensor direction = p < 2 ? x.sign().mul(absolute.pow(p - 1)) : x.mul(absolute.pow(p - 2));
        return direction.mul(zeroWhere(norm.eq(0), incoming.div(norm.pow(p - 1))));
    }

    private static Tensor zeroWhere(Tensor condition, Tensor x) {
        return Tensor.where(condition, Tensor.zerosLike(x), x);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new NormP(Batching.shape(size, from), dims.batched(), Batching.shape(size, to), p), in);
    }
}
