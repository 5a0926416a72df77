package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The means of as many windows as are wanted, whatever the size of the input; see
 * {@link Functional#adaptiveAvgPool1d}.
 *
 * @param sizes how many
 */
public record AdaptiveAvgPool1d(List<Long> sizes) implements Layer {
    /** As many windows; {@link Pooling#KEEP} for as many as there are elements. */
    public AdaptiveAvgPool1d(long... sizes) {
        this(Arrays.stream(sizes).boxed().toList());
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.adaptiveAvgPool1d(x, Pooling.array(sizes));
    }

    @Override
    public String toString() {
        return "AdaptiveAvgPool1d(output_size="
                + ConvolutionLayer.given(sizes).replace(String.valueOf(Pooling.KEEP), "None") + ")";
    }
}
