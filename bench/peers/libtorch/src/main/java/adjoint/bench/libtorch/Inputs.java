package adjoint.bench.libtorch;

import adjoint.bench.work.Pass;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Adjoint's tensors as libtorch's, by copy. They live until the process ends. */
final class Inputs {
    private final Map<String, adjoint.tensor.Tensor> inputs;

    Inputs(Map<String, adjoint.tensor.Tensor> inputs) {
        this.inputs = inputs;
    }

    /** A tensor of the same type, shape and numbers. */
    Tensor copy(String name) {
        adjoint.tensor.Tensor source = inputs.get(name);
        long[] sizes = source.shape().sizes();
        return switch (source.dtype()) {
            case F32 -> copy(new FloatPointer(source.toFloats()), sizes, torch.ScalarType.Float);
            case F64 -> copy(new DoublePointer(source.toDoubles()), sizes, torch.ScalarType.Double);
            case I64 -> copy(new LongPointer(source.toLongs()), sizes, torch.ScalarType.Long);
            default -> throw new IllegalArgumentException(name + ": no work has inputs of type " + source.dtype());
        };
    }

    /** A copy that gradients are wanted of, in this pass. */
    Tensor leaf(String name, Pass pass) {
        return copy(name).set_requires_grad(pass == Pass.BACKWARD);
    }

    /** A copy that is trained. */
    Tensor parameter(String name) {
        return leaf(name, Pass.BACKWARD);
    }

    private static Tensor copy(Pointer memory, long[] sizes, torch.ScalarType type) {
        try (memory) {
            return torch.from_blob(memory, sizes, new TensorOptions(type)).clone();
        }
    }
}
