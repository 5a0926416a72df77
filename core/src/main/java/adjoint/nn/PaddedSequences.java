package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Sequences of several lengths, filled up to the same.
 *
 * @param data {@code [steps, n, ...]}, or {@code [n, steps, ...]} if that was asked for
 * @param lengths I64 {@code [n]}: how many steps of each are its own
 */
public record PaddedSequences(Tensor data, Tensor lengths) {}
