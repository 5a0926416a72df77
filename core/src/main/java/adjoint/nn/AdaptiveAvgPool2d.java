package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The means of as many windows as are wanted, whatever the size of the input; see
 * {@link Functional#adaptiveAvgPool2d}.
 *
 * @param sizes how many in each dimension, or one number for all
 */
public record AdaptiveAvgPool2d(List<Long> sizes) implements Layer {
    /** As many windows in each dimension, or one number for all; {@link Pooling#KEEP} for as many as there are elements. */
    public AdaptiveAvgPool2d(long... sizes) {
        this(Arrays.stream(sizes).boxed().toList());
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.adaptiveAvgPool2d(x, Pooling.array(sizes));
    }

    @Override
    public String toString() {
        return "AdaptiveAvgPool2d(output_size="
                + ConvolutionLayer.given(sizes).replace(String.valueOf(Pooling.KEEP), "None") + ")";
    }
}
