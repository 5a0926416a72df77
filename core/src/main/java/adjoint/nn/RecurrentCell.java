package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the single recurrent cells have in common. */
abstract sealed class RecurrentCell implements Model permits RNNCell, GRUCell, LSTMCell {
    private final RecurrentWeights weights;
    private final long hidden;

    RecurrentCell(int gates, long in, long hidden, boolean bias) {
        RecurrentWeights.checkSizes(name(), in, hidden);
        this.hidden = hidden;
        weights = RecurrentWeights.draw(gates, in, hidden, 0, bias);
    }

    final RecurrentWeights weights() {
        return weights;
    }

    final void checkInput(Tensor x) {
        int rank = x.shape().rank();
        if (rank != 1 && rank != 2) {
            throw new ShapeException(name() + ": of x " + x.shape()
                    + ": it has to be one step, [n, in] or [in]. Take a step" + " of it, or a layer for all steps.");
        }
        weights.checkInput(name(), x);
    }

    /** A state for this input: the one given if it fits, or zeros for null. */
    final Tensor state(Tensor x, Tensor given) {
        long[] shape = x.shape().rank() == 1 ? new long[] {hidden} : new long[] {x.size(0), hidden};
        if (given == null) {
            return Tensor.zeros(x.dtype(), shape);
        }
        weights.checkState(name(), given, shape);
        return given;
    }

    private String name() {
        return getClass().getSimpleName();
    }

    /** What is printed after the sizes. */
    String more() {
        return "";
    }

    @Override
    public final Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        weights.name(parts, "");
        return parts;
    }

    @Override
    public final String toString() {
        return name() + "(" + weights.in() + ", " + hidden + (weights.inputBias() == null ? ", bias=False" : "")
                + more() + ")";
    }
}
