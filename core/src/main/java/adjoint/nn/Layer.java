package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * A function with parameters, from a tensor to a tensor. Any function of a tensor is one ({@code Tensor::relu}); a class of
 * your own holds its parameters in fields:
 *
 * <pre>{@code
 * class Scaled implements Layer {
 *     private final Linear inner = new Linear(4, 2);
 *     private final Tensor scale = Tensor.ones(2).requiresGrad(true);
 *
 *     public Tensor forward(Tensor x) {
 *         return inner.forward(x).mul(scale);
 *     }
 * }
 * new Scaled().namedParameters();      // inner.weight, inner.bias, scale
 * }</pre>
 *
 * <p>What can be done with its parameters is said at {@link Model}.
 */
@FunctionalInterface
public interface Layer extends Model {

    /** What the layer makes of {@code x}. */
    Tensor forward(Tensor x);

    /**
     * A table of the layers: what each is, the shape it gives for an input of this shape, its number of parameters, and
     * their sum. Nothing is changed; random streams stay where they are.
     *
     * @param inputShape with the batch: {@code 1, 1, 28, 28}
     */
    default String summary(long... inputShape) {
        return Summary.of(this, inputShape);
    }
}
