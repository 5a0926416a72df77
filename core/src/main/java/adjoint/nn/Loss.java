package adjoint.nn;

import adjoint.tensor.Tensor;

/** How far a prediction is from what it should be. */
@FunctionalInterface
public interface Loss extends Model {
    /** The loss of {@code input}, the prediction, against {@code target}. */
    Tensor forward(Tensor input, Tensor target);
}
