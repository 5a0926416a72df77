package adjoint.op;

import adjoint.kernel.Scan;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/**
 * Running products along a dimension. Element j is a factor of every y[i] from i = j on: its gradient is the product of
 * those before it, times {@code S[j] = g[j] + x[j + 1] · S[j + 1]}. Nothing is divided, so zeros are no exception.
 */
public record CumProd(int dim, Direction direction) implements RuleOp {
    @Override
    public String opName() {
        return "cumprod";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Scan.product(in[0], dim, direction == Direction.BACKWARD);
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor before = Recurrence.shifted(saved.output(), dim, direction, 1);
        Tensor after = Recurrence.shifted(saved.input(0), dim, direction.opposite(), 0);
        return before.mul(Engine.run(new Recurrence(dim, direction.opposite()), after, g));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new CumProd(dim + 1, direction), in);
    }
}
