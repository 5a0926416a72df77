package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.List;

/**
 * The sum over each window of the last dimensions, or its transpose, which adds each number to all elements of its
 * window.
 *
 * @param spans the windows along each of the last dimensions
 * @param image the shape of what the windows go over
 * @param sums the shape of their sums
 */
public record PoolSum(List<Spans> spans, Shape image, Shape sums, Way way) implements LinearOp {
    /** Which of the two. */
    public enum Way {
        GATHER,
        SPREAD;

        private Way back() {
            return this == GATHER ? SPREAD : GATHER;
        }
    }

    @Override
    public String opName() {
        return way == Way.GATHER ? "pool_sum" : "pool_spread";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return way == Way.GATHER
                ? Spans.pool(spans).sum(in[0], sums)
                : Spans.pool(spans).spread(in[0], image);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(new PoolSum(spans, image, sums, way.back()), g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new PoolSum(spans, Batching.shape(size, image), Batching.shape(size, sums), way), in);
    }
}
