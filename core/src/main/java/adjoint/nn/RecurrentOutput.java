package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * What a recurrent layer makes of a batch of sequences.
 *
 * @param output of the last layer for each step, {@code [steps, n, directions · hidden]} in the layout of the input
 * @param state of every layer and direction after the last step, {@code [layers · directions, n, hidden]}
 */
public record RecurrentOutput<S>(Tensor output, S state) {}
