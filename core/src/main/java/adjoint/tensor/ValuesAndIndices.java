package adjoint.tensor;

/**
 * The largest or smallest along a dimension, and where each lies.
 *
 * @param values of the input's type; gradients flow to the elements they were read from
 * @param indices I64, of the same shape
 */
public record ValuesAndIndices(Tensor values, Tensor indices) {}
