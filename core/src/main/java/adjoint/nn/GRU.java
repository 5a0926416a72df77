package adjoint.nn;

import adjoint.tensor.Tensor;

/** A recurrent layer of gated units: see {@link Recurrent}; the step is PyTorch's, with the reset gate on the product. */
public final class GRU extends Recurrent<Tensor> {
    private final long hiddenSize;

    /** One layer in one direction. */
    public GRU(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, Options.PLAIN);
    }

    /** Not in the plain way. */
    public GRU(long inputSize, long hiddenSize, Options options) {
        super(3, inputSize, hiddenSize, 0, options);
        this.hiddenSize = hiddenSize;
    }

    @Override
    Tensor input(Tensor x, RecurrentWeights w) {
        return Functional.linear(x, w.input(), w.inputBias());
    }

    @Override
    Tensor[] step(Tensor x, Tensor[] state, RecurrentWeights w) {
        return new Tensor[] {RecurrentSteps.gru(x, state[0], w)};
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
