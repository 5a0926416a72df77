package adjoint.autograd;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The value of a function and its gradients.
 *
 * @param value a single number
 * @param gradients one for each argument, of its shape
 */
public record ValueAndGradient(Tensor value, List<Tensor> gradients) {
    /** The gradient of the first argument. */
    public Tensor gradient() {
        return gradients.getFirst();
    }
}
