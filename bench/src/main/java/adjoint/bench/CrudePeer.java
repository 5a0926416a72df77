package adjoint.bench;

import adjoint.bench.work.Pass;
import adjoint.bench.work.Peer;
import adjoint.bench.work.RegressionStep;
import adjoint.bench.work.ScalarChain;
import adjoint.bench.work.Task;
import adjoint.bench.work.Work;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@link CrudeTape} as a peer: no library, but the least that a tape in Java could cost. */
public final class CrudePeer implements Peer {
    /** Its name. */
    static final String NAME = "crude";

    /** For the service loader. */
    public CrudePeer() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "a crude tape in Java";
    }

    @Override
    public void threads(int n) {
        // It uses one.
    }

    @Override
    public Task prepare(Work work, Map<String, Tensor> inputs) {
        return switch (work) {
            case RegressionStep(var style) when style == RegressionStep.Style.SCRATCH -> regression(inputs);
            case ScalarChain(var factor, var pass)
            when factor == ScalarChain.Factor.LEAF && pass == Pass.BACKWARD ->
                task(() -> CrudeTape.chain(ScalarChain.LENGTH));
            default -> null;
        };
    }

    private static Task regression(Map<String, Tensor> inputs) {
        float[] x = inputs.get("x").toFloats();
        float[] y = inputs.get("y").toFloats();
        var w = CrudeTape.leaf(inputs.get("w").toFloats());
        var b = CrudeTape.leaf(inputs.get("b").toFloats());
        return task(() -> CrudeTape.step(x, y, w, b, (float) RegressionStep.LR), w.value, b.value);
    }

    private static Task task(Supplier<float[]> work, float[]... parameters) {
        return new Task() {
            @Override
            public Object run() {
                return work.get();
            }

            @Override
            public List<double[]> numbers() {
                List<double[]> numbers = new ArrayList<>();
                for (float[] parameter : parameters) {
                    numbers.add(doubles(parameter));
                }
                numbers.addFirst(doubles(work.get()));
                for (int i = 0; i < parameters.length; i++) {
                    double[] change = numbers.get(1 + i);
                    for (int k = 0; k < change.length; k++) {
                        change[k] = parameters[i][k] - change[k];
                    }
                }
                return numbers;
            }
        };
    }

    private static double[] doubles(float[] values) {
        var result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
