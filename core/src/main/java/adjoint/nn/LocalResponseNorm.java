package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x / (k + alpha · mean of x² over neighbouring channels)^beta}, of {@code [n, channels, ...]}. Krizhevsky et al.,
 * "ImageNet Classification with Deep Convolutional Neural Networks", 2012.
 *
 * @param size over how many channels
 */
public record LocalResponseNorm(long size, double alpha, double beta, double k) implements Layer {
    /** PyTorch's numbers: alpha 1e-4, beta 0.75, k 1. */
    public LocalResponseNorm(long size) {
        this(size, 1e-4, 0.75, 1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.localResponseNorm(x, size, alpha, beta, k);
    }

    @Override
    public String toString() {
        return "LocalResponseNorm(" + size + ", alpha=" + ModelText.number(alpha) + ", beta=" + ModelText.number(beta)
                + ", k=" + ModelText.number(k) + ")";
    }
}
