package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A result that was computed without a check, and what the check would have found.
 *
 * @param <T> what was computed: a {@link Tensor}, or {@link PackedLU}
 * @param result of no meaning where {@code info} is not 0
 * @param info I32, {@code [...]}: 0 where all is well, else the number, counted from 1, of the first pivot that is 0, or of the
 *     first row with which a matrix stops being positive definite
 */
public record ResultAndInfo<T>(T result, Tensor info) {}
