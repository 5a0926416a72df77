package adjoint.bench.djl;

import adjoint.bench.work.Addition;
import adjoint.bench.work.Elementwise;
import adjoint.bench.work.GeluAffine;
import adjoint.bench.work.MatrixProduct;
import adjoint.bench.work.Pass;
import adjoint.bench.work.Peer;
import adjoint.bench.work.RegressionStep;
import adjoint.bench.work.RowOperation;
import adjoint.bench.work.ScalarChain;
import adjoint.bench.work.Task;
import adjoint.bench.work.Work;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;

/**
 * Deep Java Library with its PyTorch engine: libtorch through DJL's arrays. What begins with a given gradient is left out,
 * since DJL's gradients begin with a one; so are layers, which are libtorch's own beneath.
 */
public final class Djl implements Peer {
    private final NDManager manager = NDManager.newBaseManager();

    /** For the service loader. */
    public Djl() {}

    @Override
    public String name() {
        return "djl";
    }

    @Override
    public String version() {
        Engine engine = Engine.getInstance();
        return "ai.djl " + Engine.getDjlVersion() + " with " + engine.getEngineName() + " " + engine.getVersion();
    }

    @Override
    public void threads(int n) {
        JniUtils.setNumThreads(n);
    }

    @Override
    public Task prepare(Work work, Map<String, adjoint.tensor.Tensor> given) {
        var inputs = new Inputs(manager, given);
        return switch (work) {
            case RegressionStep(var style) when style == RegressionStep.Style.SCRATCH -> regression(inputs);
            case ScalarChain(var factor, var pass) when pass == Pass.BACKWARD -> chain(factor);
            case Addition sum -> addition(sum.result(), inputs);
            case GeluAffine gelu when gelu.pass() == Pass.FORWARD -> geluAffine(inputs);
            case Elementwise one -> elementwise(one.function(), inputs);
            case MatrixProduct _ -> product(inputs);
            case RowOperation(var function, var pass) when pass == Pass.FORWARD -> rows(function, inputs);
            default -> null;
        };
    }

    private Task regression(Inputs inputs) {
        NDArray x = inputs.copy("x");
        NDArray y = inputs.copy("y");
        List<NDArray> parameters = List.of(inputs.copy("w"), inputs.copy("b"));
        parameters.forEach(p -> p.setRequiresGradient(true));
        long batch = x.getShape().get(0);
        return DjlTask.training(
                () -> {
                    NDArray l;
                    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                        NDArray predicted = x.matMul(parameters.get(0)).add(parameters.get(1));
                        l = predicted
                                .sub(y.reshape(predicted.getShape()))
                                .pow(2)
                                .div(2);
                        collector.backward(l.sum());
                    }
                    for (NDArray p : parameters) {
                        NDArray gradient = p.getGradient();
                        p.subi(gradient.mul(RegressionStep.LR).div(batch));
                        gradient.muli(0);
                    }
                    return l;
                },
                parameters);
    }

    private Task chain(ScalarChain.Factor factor) {
        return DjlTask.forward(() -> {
            NDArray x = manager.create(1f);
            x.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray y = x;
                for (int i = 0; i < ScalarChain.LENGTH; i++) {
                    y = factor == ScalarChain.Factor.LEAF ? y.mul(x) : y.mul(ScalarChain.NUMBER);
                }
                collector.backward(y);
            }
            return x.getGradient();
        });
    }

    private static Task addition(Addition.Result result, Inputs inputs) {
        NDArray x = inputs.copy("x");
        NDArray w = inputs.copy("w");
        return DjlTask.forward(result == Addition.Result.NEW ? () -> x.add(w) : () -> x.addi(w));
    }

    private static Task geluAffine(Inputs inputs) {
        NDArray x = inputs.copy("x");
        NDArray w = inputs.copy("w");
        NDArray b = inputs.copy("b");
        return DjlTask.forward(() -> x.mul(w).add(b).getNDArrayInternal().gelu());
    }

    private static Task elementwise(Elementwise.Function function, Inputs inputs) {
        NDArray x = inputs.copy("x");
        return DjlTask.forward(
                switch (function) {
                    case EXP -> x::exp;
                    case TANH -> x::tanh;
                    case SUM -> x::sum;
                });
    }

    private static Task product(Inputs inputs) {
        NDArray a = inputs.copy("a");
        NDArray b = inputs.copy("b");
        return DjlTask.forward(() -> a.matMul(b));
    }

    private static Task rows(RowOperation.Function function, Inputs inputs) {
        NDArray x = inputs.copy("x");
        NDArray weight = inputs.copy("weight");
        NDArray bias = inputs.copy("bias");
        var shape = new Shape(RowOperation.COLUMNS);
        return DjlTask.forward(
                switch (function) {
                    case SOFTMAX -> () -> x.softmax(1);
                    case LOG_SOFTMAX -> () -> x.logSoftmax(1);
                    case LAYER_NORM ->
                        () -> LayerNorm.layerNorm(x, shape, weight, bias, (float) RowOperation.EPS)
                                .singletonOrThrow();
                });
    }
}
