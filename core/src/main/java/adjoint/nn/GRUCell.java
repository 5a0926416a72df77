package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;

/** One step of a {@link GRU}. */
public final class GRUCell extends RecurrentCell implements Layer {
    /** A cell with biases. */
    public GRUCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true);
    }

    private GRUCell(long inputSize, long hiddenSize, boolean bias) {
        super(3, inputSize, hiddenSize, bias);
    }

    /** A cell without biases. PyTorch: {@code bias=False}. */
    public static GRUCell withoutBias(long inputSize, long hiddenSize) {
        return new GRUCell(inputSize, hiddenSize, false);
    }

    /** From a state of zeros. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * The next state.
     *
     * @param x {@code [n, in]} or {@code [in]}
     * @param state {@code [n, hidden]} or {@code [hidden]}; null for zeros
     * @throws ShapeException if shapes do not fit
     */
    public Tensor forward(Tensor x, Tensor state) {
        checkInput(x);
        Tensor input = Functional.linear(x, weights().input(), weights().inputBias());
        return RecurrentSteps.gru(input, state(x, state), weights());
    }
}
