package adjoint.nn;

/**
 * What a recurrent layer makes of sequences of several lengths.
 *
 * @param output of the last layer for each step, packed as the input
 * @param state of every layer and direction after the last step of each sequence, {@code [layers · directions, n, hidden]}
 */
public record PackedOutput<S>(PackedSequence output, S state) {}
