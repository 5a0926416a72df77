package adjoint.op;

import adjoint.kernel.Patches;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * What a window shows of images, position by position, as columns; or its transpose, which adds the columns up again where
 * they came from. PyTorch: {@code F.unfold}, {@code F.fold}.
 *
 * @param image {@code [n, channels, …]}
 * @param positions a shape that ends with the number of positions in each dimension
 * @param columns {@code [n, channels · places in the window, positions]}
 */
public record SlidingColumns(Sliding sliding, Shape image, Shape positions, Shape columns, Way way)
        implements LinearOp {
    /** Which of the two. */
    public enum Way {
        UNFOLD,
        FOLD
    }

    @Override
    public String opName() {
        return way == Way.UNFOLD ? "unfold" : "fold";
    }

    @Override
    public String gradName() {
        return way == Way.UNFOLD ? "Im2ColBackward0" : "Col2ImBackward0";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Patches patches = sliding.patches(image, positions);
        return way == Way.UNFOLD ? patches.matrices(in[0], columns) : patches.images(in[0], image);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved saved) {
        return Engine.run(
                new SlidingColumns(sliding, image, positions, columns, way == Way.UNFOLD ? Way.FOLD : Way.UNFOLD), g);
    }

    /** Examples of batches are one batch. */
    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        var many = new SlidingColumns(sliding, times(size, image), positions, times(size, columns), way);
        Shape from = way == Way.UNFOLD ? many.image : many.columns;
        Tensor out = Engine.run(many, in[0].reshape(from.sizes()));
        return out.reshape(
                Batching.shape(size, way == Way.UNFOLD ? columns : image).sizes());
    }

    private static Shape times(long size, Shape shape) {
        long[] sizes = shape.sizes();
        sizes[0] *= size;
        return Shape.of(sizes);
    }
}
