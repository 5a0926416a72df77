package adjoint.bench.nd4j;

import adjoint.bench.work.Addition;
import adjoint.bench.work.Elementwise;
import adjoint.bench.work.MatrixProduct;
import adjoint.bench.work.Pass;
import adjoint.bench.work.Peer;
import adjoint.bench.work.RowOperation;
import adjoint.bench.work.Task;
import adjoint.bench.work.Work;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** ND4J's arrays. They have no gradients (its graphs do, which are another way to write programs), and no exact gelu. */
public final class Nd4jPeer implements Peer {
    /** What a run makes lies in one place, which the next run writes over. */
    private static final WorkspaceConfiguration REUSED = WorkspaceConfiguration.builder()
            .policyAllocation(AllocationPolicy.STRICT)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .build();

    /** For the service loader. */
    public Nd4jPeer() {}

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String version() {
        return "org.nd4j:nd4j-native:1.0.0-M2.1";
    }

    @Override
    public void threads(int n) {
        Nd4j.getEnvironment().setMaxThreads(n);
        Nd4j.getEnvironment().setMaxMasterThreads(n);
    }

    @Override
    public Task prepare(Work work, Map<String, adjoint.tensor.Tensor> inputs) {
        return switch (work) {
            case Addition sum -> addition(sum.result(), inputs);
            case Elementwise one -> elementwise(one.function(), inputs);
            case MatrixProduct _ -> product(inputs);
            case RowOperation(var function, var pass) when pass == Pass.FORWARD -> rows(function, inputs);
            default -> null;
        };
    }

    private static Task addition(Addition.Result result, Map<String, adjoint.tensor.Tensor> inputs) {
        INDArray x = copy(inputs.get("x"));
        INDArray w = copy(inputs.get("w"));
        return task(result == Addition.Result.NEW ? () -> x.add(w) : () -> x.addi(w));
    }

    private static Task elementwise(Elementwise.Function function, Map<String, adjoint.tensor.Tensor> inputs) {
        INDArray x = copy(inputs.get("x"));
        return task(
                switch (function) {
                    case EXP -> () -> Transforms.exp(x);
                    case TANH -> () -> Transforms.tanh(x);
                    case SUM -> x::sum;
                });
    }

    private static Task product(Map<String, adjoint.tensor.Tensor> inputs) {
        INDArray a = copy(inputs.get("a"));
        INDArray b = copy(inputs.get("b"));
        return task(() -> a.mmul(b));
    }

    private static Task rows(RowOperation.Function function, Map<String, adjoint.tensor.Tensor> inputs) {
        INDArray x = copy(inputs.get("x"));
        return switch (function) {
            case SOFTMAX -> task(() -> Nd4j.nn().softmax(x, 1));
            case LOG_SOFTMAX -> task(() -> Nd4j.nn().logSoftmax(x, 1));
            // "Expected vs provided shapes mismatch [4096, 1024] vs [1024]", whichever way it is called.
            case LAYER_NORM -> null;
        };
    }

    private static INDArray copy(adjoint.tensor.Tensor source) {
        long[] shape = source.shape().sizes();
        return switch (source.dtype()) {
            case F32 -> Nd4j.create(source.toFloats(), shape, DataType.FLOAT);
            case F64 -> Nd4j.create(source.toDoubles(), shape, DataType.DOUBLE);
            default -> throw new IllegalArgumentException("no work here has inputs of " + source.dtype());
        };
    }

    private static Task task(Supplier<INDArray> work) {
        return new Task() {
            @Override
            public Object run() {
                try (var _ = Nd4j.getWorkspaceManager().getAndActivateWorkspace(REUSED, "bench")) {
                    return work.get(); // closed by then, but a sign that it was computed
                }
            }

            @Override
            public List<double[]> numbers() {
                INDArray y = work.get();
                double[] values = y.castTo(DataType.DOUBLE).dup('c').data().asDouble();
                return List.of(values);
            }
        };
    }
}
