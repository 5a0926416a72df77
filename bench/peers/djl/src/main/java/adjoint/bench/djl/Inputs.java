package adjoint.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/** Adjoint's tensors as DJL's arrays, by copy. */
final class Inputs {
    private final NDManager manager;
    private final Map<String, adjoint.tensor.Tensor> inputs;

    Inputs(NDManager manager, Map<String, adjoint.tensor.Tensor> inputs) {
        this.manager = manager;
        this.inputs = inputs;
    }

    /** An array of the same type, shape and numbers. */
    NDArray copy(String name) {
        adjoint.tensor.Tensor source = inputs.get(name);
        var shape = new Shape(source.shape().sizes());
        return switch (source.dtype()) {
            case F32 -> manager.create(source.toFloats(), shape);
            case F64 -> manager.create(source.toDoubles(), shape);
            default -> throw new IllegalArgumentException(name + ": no work here has inputs of " + source.dtype());
        };
    }
}
