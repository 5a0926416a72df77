package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Channels made into pixels: {@code [..., c·r², h, w] → [..., c, h·r, w·r]}.
 *
 * @param r how many times as large
 */
public record PixelShuffle(long r) implements Layer {

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pixelShuffle(x, r);
    }

    @Override
    public String toString() {
        return "PixelShuffle(upscale_factor=" + r + ")";
    }
}
