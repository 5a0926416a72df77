package adjoint.op;

import adjoint.kernel.Scan;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/**
 * Running {@code y = log Σ exp(x)} along a dimension. Its gradient is {@code exp(x − y) · S} with
 * {@code S[j] = g[j] + exp(y[j] − y[j + 1]) · S[j + 1]}: no exponent is above 0.
 */
public record LogCumSumExp(int dim) implements RuleOp {
    @Override
    public String opName() {
        return "logcumsumexp";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Scan.logSumExp(in[0], dim);
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor y = saved.output();
        // The factor of the last place is not read; what stands there only must not spoil derivatives.
        Tensor next = y.size(dim) == 0 ? y : Tensor.cat(dim, y.slice(dim, 1, y.size(dim)), last(y));
        Tensor sums = Engine.run(new Recurrence(dim, Direction.BACKWARD), decay(y, next), g);
        return saved.input(0).sub(y).exp().mul(sums);
    }

    private Tensor last(Tensor y) {
        return y.slice(dim, y.size(dim) - 1, y.size(dim)).detach();
    }

    /** {@code exp(y − next)}, also where both are the same infinity. */
    private static Tensor decay(Tensor y, Tensor next) {
        Tensor same = y.eq(next);
        Tensor zero = Tensor.zerosLike(y);
        return Tensor.where(same, zero, y).sub(Tensor.where(same, zero, next)).exp();
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new LogCumSumExp(dim + 1), in);
    }
}
