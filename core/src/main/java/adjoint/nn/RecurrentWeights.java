package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Map;

/**
 * The parameters of one recurrent cell.
 *
 * @param input {@code [gates · hidden, in]}
 * @param hidden {@code [gates · hidden, out]}
 * @param inputBias {@code [gates · hidden]}, or null for none; as hiddenBias
 * @param projection {@code [out, hidden]} of what is handed on, or null where out is hidden
 */
record RecurrentWeights(Tensor input, Tensor hidden, Tensor inputBias, Tensor hiddenBias, Tensor projection) {
    /** Uniform in ±1/√hidden, drawn in PyTorch's order. */
    static RecurrentWeights draw(long gates, long in, long hidden, long projected, boolean bias) {
        double bound = 1 / Math.sqrt((double) hidden);
        long out = projected == 0 ? hidden : projected;
        return new RecurrentWeights(
                uniform(bound, gates * hidden, in),
                uniform(bound, gates * hidden, out),
                bias ? uniform(bound, gates * hidden) : null,
                bias ? uniform(bound, gates * hidden) : null,
                projected == 0 ? null : uniform(bound, projected, hidden));
    }

    private static Tensor uniform(double bound, long... shape) {
        Tensor t = Tensor.zeros(shape);
        Init.uniform(t, Rng.global(), bound);
        return t.requiresGrad(true);
    }

    /** Under PyTorch's names, with an ending that tells layer and direction. */
    void name(Map<String, Object> parts, String ending) {
        parts.put("weight_ih" + ending, input);
        parts.put("weight_hh" + ending, hidden);
        if (inputBias != null) {
            parts.put("bias_ih" + ending, inputBias);
            parts.put("bias_hh" + ending, hiddenBias);
        }
        if (projection != null) {
            parts.put("weight_hr" + ending, projection);
        }
    }

    long in() {
        return input.size(1);
    }

    static void checkSizes(String name, long in, long hidden) {
        if (in <= 0 || hidden <= 0) {
            throw new ValueException(name + ": of " + in + " inputs and " + hidden
                    + " hidden: there has to be one at least of each. Give positive numbers.");
        }
    }

    /** Refuses an input with another last size or of another type. */
    void checkInput(String name, Tensor x) {
        if (x.size(-1) != in()) {
            throw new ShapeException(name + ": of x " + x.shape() + ": its last size has to be the " + in()
                    + " inputs that the layer was made for. Check both.");
        }
        DType type = input.dtype();
        if (x.dtype() != type) {
            throw new DTypeException(name + ": x of " + x.dtype() + " with weights of " + type
                    + ": the types differ. Convert x with to(DType." + type.name() + "), or the layer.");
        }
    }

    void checkState(String name, Tensor state, long... shape) {
        if (!java.util.Arrays.equals(state.shape().sizes(), shape)) {
            throw new ShapeException(name + ": with a state of shape " + state.shape() + ": it has to be of shape "
                    + java.util.Arrays.toString(shape)
                    + ". Check the batch, and whether it is the state of this layer.");
        }
        if (state.dtype() != input.dtype()) {
            throw new DTypeException(name + ": with a state of " + state.dtype() + " and weights of " + input.dtype()
                    + ": the types differ. Convert the state with to(DType."
                    + input.dtype().name() + ").");
        }
    }
}
