package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/** A recurrent layer of cells with a memory of their own: see {@link Recurrent}. */
public final class LSTM extends Recurrent<LSTMState> {
    private final long hiddenSize;
    private final long handedOut;

    /** One layer in one direction. */
    public LSTM(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, Options.PLAIN);
    }

    /** Not in the plain way. */
    public LSTM(long inputSize, long hiddenSize, Options options) {
        this(inputSize, hiddenSize, 0, options);
    }

    private LSTM(long inputSize, long hiddenSize, long projected, Options options) {
        super(4, inputSize, hiddenSize, projected, options);
        this.hiddenSize = hiddenSize;
        handedOut = projected == 0 ? hiddenSize : projected;
    }

    /**
     * A layer that hands out less than it keeps: hidden states are multiplied with a matrix to {@code projSize} numbers. Sak
     * et al., "Long Short-Term Memory Based Recurrent Neural Network Architectures", 2014. PyTorch: {@code proj_size}.
     *
     * @throws ValueException if it is not from 1 to {@code hiddenSize − 1}
     */
    public static LSTM projected(long inputSize, long hiddenSize, long projSize, Options options) {
        if (projSize < 1 || projSize >= hiddenSize) {
            throw new ValueException("LSTM: " + hiddenSize + " hidden projected to " + projSize
                    + ": there have to be fewer, and one at least. Give 1 to " + (hiddenSize - 1) + ".");
        }
        return new LSTM(inputSize, hiddenSize, projSize, options);
    }

    @Override
    Tensor input(Tensor x, RecurrentWeights w) {
        return RecurrentSteps.input(x, w);
    }

    @Override
    Tensor[] step(Tensor x, Tensor[] state, RecurrentWeights w) {
        return tensors(RecurrentSteps.lstm(x, state(state), w));
    }

    @Override
    Tensor[] tensors(LSTMState state) {
        return new Tensor[] {state.hidden(), state.cell()};
    }

    @Override
    LSTMState state(Tensor[] tensors) {
        return new LSTMState(tensors[0], tensors[1]);
    }

    @Override
    long[] stateSizes() {
        return new long[] {handedOut, hiddenSize};
    }
}
