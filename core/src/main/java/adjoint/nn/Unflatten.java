package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A dimension made several, the inverse of {@link Flatten}.
 *
 * @param dim which
 * @param sizes of what it becomes; one may be −1, which the others then decide
 */
public record Unflatten(int dim, List<Long> sizes) implements Layer {
    /** Dimension {@code dim} made dimensions of these sizes. */
    public Unflatten(int dim, long... sizes) {
        this(dim, Arrays.stream(sizes).boxed().toList());
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.unflatten(dim, Pooling.array(sizes));
    }

    @Override
    public String toString() {
        return "Unflatten(dim=" + dim + ", unflattened_size=" + ConvolutionLayer.tuple(sizes, sizes.size()) + ")";
    }
}
