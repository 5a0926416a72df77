package adjoint.autograd;

import adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * The value of a function and its derivative, transposed.
 *
 * @param value what the function computed
 * @param gradients takes the gradient of the value to those of the arguments, one each; any number of times
 */
public record Pullback(Tensor value, Function<Tensor, List<Tensor>> gradients) {
    /** The gradient of the first argument. */
    public Tensor apply(Tensor gradient) {
        return gradients.apply(gradient).getFirst();
    }
}
