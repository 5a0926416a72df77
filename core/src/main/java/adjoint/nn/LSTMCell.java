package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;

/** One step of an {@link LSTM}. */
public final class LSTMCell extends RecurrentCell {
    /** A cell with biases. */
    public LSTMCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true);
    }

    private LSTMCell(long inputSize, long hiddenSize, boolean bias) {
        super(4, inputSize, hiddenSize, bias);
    }

    /** A cell without biases. PyTorch: {@code bias=False}. */
    public static LSTMCell withoutBias(long inputSize, long hiddenSize) {
        return new LSTMCell(inputSize, hiddenSize, false);
    }

    /** From a state of zeros. */
    public LSTMState forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * The next state.
     *
     * @param x {@code [n, in]} or {@code [in]}
     * @param state of {@code [n, hidden]} or {@code [hidden]}; null for zeros
     * @throws ShapeException if shapes do not fit
     */
    public LSTMState forward(Tensor x, LSTMState state) {
        checkInput(x);
        Tensor hidden = state(x, state == null ? null : state.hidden());
        Tensor cell = state(x, state == null ? null : state.cell());
        return RecurrentSteps.lstm(RecurrentSteps.input(x, weights()), new LSTMState(hidden, cell), weights());
    }
}
