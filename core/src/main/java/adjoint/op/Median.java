package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Gather;
import adjoint.kernel.Order;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Locale;

/** The median of a vector, a 0-d tensor (many vectors': one each); its gradient is shared evenly among ties. */
public record Median(Shape from, Order.Statistic which) implements RuleOp {
    @Override
    public String opName() {
        return which.name().toLowerCase(Locale.ROOT);
    }

    private int last() {
        return from.rank() - 1;
    }

    private Shape to() {
        return Dims.of(from, last()).removed(from);
    }

    private long[] kept() {
        return Dims.of(from, last()).kept(from).sizes();
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided at = Order.argStatistic(in[0], last(), which, 0, to());
        Strided values = Gather.along(in[0], last(), at.withShape(Shape.of(kept())));
        return Copy.of(values, values.dtype()).withShape(to());
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor x = saved.input(0);
        Tensor median = saved.output().reshape(kept());
        Tensor hit =
                x.eq(median).logicalOr(x.isNaN().logicalAnd(median.isNaN())).to(g.dtype());
        return g.reshape(kept()).mul(hit.div(hit.sumTo(Shape.of(kept()))));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new Median(Batching.shape(size, from), which), in);
    }
}
