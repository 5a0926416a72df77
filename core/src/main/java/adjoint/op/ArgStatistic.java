package adjoint.op;

import adjoint.kernel.Order;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Locale;

/**
 * Where the median, the most frequent or the k-th smallest along a dimension lies.
 *
 * @param k counted from 1; only for the k-th smallest
 */
public record ArgStatistic(int dim, Order.Statistic which, long k, Shape to) implements DiscreteOp {
    @Override
    public String opName() {
        return which.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Order.argStatistic(in[0], dim, which, k, to);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new ArgStatistic(dim + 1, which, k, Batching.shape(size, to)), in);
    }
}
