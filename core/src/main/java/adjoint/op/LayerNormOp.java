package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.op.Standardize.Centre;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * {@link Standardize} over the last dimensions, times a weight, plus a bias where there is one: of x, weight and bias, in one
 * pass. The last two are of the shape of those dimensions.
 *
 * @param last how many dimensions
 */
public record LayerNormOp(int last, Centre centre, double eps) implements RuleOp {
    @Override
    public String opName() {
        return "layer_norm";
    }

    @Override
    public String gradName() {
        return "NativeLayerNormBackward0";
    }

    /** The operation without weight and bias. */
    Standardize standardize(Shape shape) {
        int rank = shape.rank();
        int[] dims = IntStream.range(rank - last, rank).toArray();
        return new Standardize(Dims.of(shape, dims), centre, eps);
    }

    @Override
    public Strided evaluate(Strided... in) {
        return standardize(in[0].shape()).kernel(in[0]).weighed(in[1], in.length > 2 ? in[2] : null);
    }

    @Override
    public long keeps(long needs) {
        return (needs & 1) != 0 ? 3 : (needs & 2) != 0 ? 1 : 0;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return switch (i) {
            case 0 -> Engine.run(new LayerNormBackward(this), g, saved.input(0), saved.input(1));
            case 1 -> Engine.run(new LayerNormWeightBackward(this), g, saved.input(0));
            default -> g.sumTo(parameter(g.shape()));
        };
    }

    /** The shape of weight and bias. */
    Shape parameter(Shape shape) {
        long[] sizes = shape.sizes();
        return Shape.of(Arrays.copyOfRange(sizes, sizes.length - last, sizes.length));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        boolean shared = true;
        for (int i = 1; i < in.length; i++) {
            shared &= !batched[i];
        }
        if (shared) {
            return Engine.run(this, in);
        }
        Tensor x = Batching.spread(size, batched[0], in[0]);
        int rank = x.shape().rank() - 1;
        Tensor y = Engine.run(standardize(x.shape()), x).mul(batched[1] ? Batching.align(in[1], rank) : in[1]);
        return in.length == 2 ? y : y.add(batched[2] ? Batching.align(in[2], rank) : in[2]);
    }
}
