package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;

/** One step of an {@link RNN}: {@code h' = tanh(W x + U h + b)}, or with relu. */
public final class RNNCell extends RecurrentCell implements Layer {
    private final RNN.Activation activation;

    /** A cell with tanh and biases. */
    public RNNCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RNN.Activation.TANH);
    }

    /** A cell with biases. */
    public RNNCell(long inputSize, long hiddenSize, RNN.Activation activation) {
        this(inputSize, hiddenSize, activation, true);
    }

    private RNNCell(long inputSize, long hiddenSize, RNN.Activation activation, boolean bias) {
        super(1, inputSize, hiddenSize, bias);
        this.activation = activation;
    }

    /** A cell without biases. PyTorch: {@code bias=False}. */
    public static RNNCell withoutBias(long inputSize, long hiddenSize, RNN.Activation activation) {
        return new RNNCell(inputSize, hiddenSize, activation, false);
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
        return RecurrentSteps.rnn(RecurrentSteps.input(x, weights()), state(x, state), weights(), activation);
    }

    @Override
    String more() {
        return activation == RNN.Activation.RELU ? ", nonlinearity=relu" : "";
    }
}
