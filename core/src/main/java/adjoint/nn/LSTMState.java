package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * What an {@link LSTM} or an {@link LSTMCell} carries from step to step.
 *
 * @param hidden what it hands out: h in PyTorch
 * @param cell what it keeps for itself: c in PyTorch
 */
public record LSTMState(Tensor hidden, Tensor cell) {
    /** The same numbers outside the graph: where gradients stop between pieces of a long sequence. */
    public LSTMState detach() {
        return new LSTMState(hidden.detach(), cell.detach());
    }
}
