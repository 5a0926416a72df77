package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Pixels made into channels: {@code [..., c, h·r, w·r] → [..., c·r², h, w]}.
 *
 * @param r how many times as large
 */
public record PixelUnshuffle(long r) implements Layer {

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pixelUnshuffle(x, r);
    }

    @Override
    public String toString() {
        return "PixelUnshuffle(downscale_factor=" + r + ")";
    }
}
