package adjoint.autograd;

import adjoint.tensor.Tensor;

/**
 * The value of a function and how it changes along a direction.
 *
 * @param value what the function computed
 * @param tangent of the value's shape
 */
public record ValueAndTangent(Tensor value, Tensor tangent) {}
