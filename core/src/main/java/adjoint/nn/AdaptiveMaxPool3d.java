package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;
import java.util.Arrays;
import java.util.List;

/**
 * The largest elements of as many windows as are wanted, whatever the size of the input; see
 * {@link Functional#adaptiveMaxPool3d}.
 *
 * @param sizes how many in each dimension, or one number for all
 */
public record AdaptiveMaxPool3d(List<Long> sizes) implements Layer {
    /** As many windows in each dimension, or one number for all; {@link Pooling#KEEP} for as many as there are elements. */
    public AdaptiveMaxPool3d(long... sizes) {
        this(Arrays.stream(sizes).boxed().toList());
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.adaptiveMaxPool3d(x, Pooling.array(sizes));
    }

    /** As {@link #forward}, and where in its channel each was found. PyTorch: {@code return_indices=True}. */
    public ValuesAndIndices withIndices(Tensor x) {
        return Functional.adaptiveMaxPool3dWithIndices(x, Pooling.array(sizes));
    }

    @Override
    public String toString() {
        return "AdaptiveMaxPool3d(output_size="
                + ConvolutionLayer.given(sizes).replace(String.valueOf(Pooling.KEEP), "None") + ")";
    }
}
