package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;

/** {@link Softmax} over the channels at each place of pictures: {@code [N, C, H, W]} or {@code [C, H, W]}. */
public record Softmax2d() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        int rank = x.shape().rank();
        if (rank != 3 && rank != 4) {
            throw new ShapeException("Softmax2d: of " + x.shape()
                    + ": pictures are [N, C, H, W] or [C, H, W]. Reshape it, or use Softmax with a dimension.");
        }
        return x.softmax(-3);
    }

    @Override
    public String toString() {
        return "Softmax2d()";
    }
}
