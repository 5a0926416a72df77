package adjoint.nn;

import adjoint.tensor.Tensor;

/** A recurrent layer of plain cells: {@code h' = tanh(W x + U h + b)}, or with relu. See {@link Recurrent}. */
public final class RNN extends Recurrent<Tensor> {
    /** What the sum goes through. PyTorch: {@code nonlinearity}. */
    public enum Activation {
        TANH,
        RELU
    }

    private final Activation activation;
    private final long hiddenSize;

    /** One layer in one direction, with tanh. */
    public RNN(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, Options.PLAIN);
    }

    /** With tanh, not in the plain way. */
    public RNN(long inputSize, long hiddenSize, Options options) {
        this(inputSize, hiddenSize, Activation.TANH, options);
    }

    /** With another activation. */
    public RNN(long inputSize, long hiddenSize, Activation activation, Options options) {
        super(1, inputSize, hiddenSize, 0, options);
        this.activation = activation;
        this.hiddenSize = hiddenSize;
    }

    @Override
    Tensor input(Tensor x, RecurrentWeights w) {
        return RecurrentSteps.input(x, w);
    }

    @Override
    Tensor[] step(Tensor x, Tensor[] state, RecurrentWeights w) {
        return new Tensor[] {RecurrentSteps.rnn(x, state[0], w, activation)};
    }

    @Override
    Tensor[] tensors(Tensor state) {
        return new Tensor[] {state};
    }

    @Override
    Tensor state(Tensor[] tensors) {
        return tensors[0];
    }

    @Override
    long[] stateSizes() {
        return new long[] {hiddenSize};
    }
}
