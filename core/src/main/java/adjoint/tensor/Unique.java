package adjoint.tensor;

/**
 * The different elements of a tensor.
 *
 * @param values ascending, a vector of the tensor's type; every NaN is one of its own
 * @param inverse for each element which of the values it is: I64, of the tensor's shape
 * @param counts how often each value occurs: I64
 */
public record Unique(Tensor values, Tensor inverse, Tensor counts) {}
