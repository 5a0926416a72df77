package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.List;

/**
 * Where the largest element of each window of the last dimensions lies, counted row-major through these dimensions; the
 * first of equals, the last of NaNs.
 *
 * @param spans the windows along each of the last dimensions
 * @param to the result's shape
 */
public record ArgPool(List<Spans> spans, Shape to) implements DiscreteOp {
    @Override
    public String opName() {
        return "max_pool";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Spans.pool(spans).largest(in[0], to);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new ArgPool(spans, Batching.shape(size, to)), in);
    }
}
