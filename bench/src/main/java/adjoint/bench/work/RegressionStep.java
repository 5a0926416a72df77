package adjoint.bench.work;

import adjoint.nn.Linear;
import adjoint.nn.MSELoss;
import adjoint.nn.Sequential;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of the linear regression of the lessons: a batch of 10 samples of 2 features lies ready; prediction, loss,
 * backward, update, zeroing. The arithmetic is nothing, so this is what a library costs an operation: some dozen
 * operations forward, backward and in place.
 *
 * <p>Wrong: reading the loss with {@code item()} each step in one of the libraries only; letting parameters diverge
 * (arithmetic with NaN or denormal numbers has other costs); drawing the batch inside the measured code, which measures
 * indexing too: {@link DrawingStep} does that, to show how much of a real epoch is the step.
 *
 * @param style how the lesson writes it
 */
public record RegressionStep(Style style) implements Work {
    /** The lessons' two ways. */
    public enum Style {
        /** With matmul, add, pow and an update by hand, as {@code lessons/05-linear-regression}. */
        SCRATCH,
        /** With Linear, MSELoss and SGD, as {@code lessons/06-linear-regression-concise}. */
        LAYERS
    }

    /** The learning rate. */
    public static final double LR = 0.03;

    @Override
    public String name() {
        return style == Style.SCRATCH ? "regression-scratch" : "regression-layers";
    }

    /** [10, 2] × [2] twice, forward and backward; five numbers a sample for the loss; three a parameter. */
    @Override
    public Cost cost() {
        return Cost.floats(2 * (2 * 20 + 10) + 5 * 10 + 3 * 3, 30 + 2 * 3);
    }

    @Override
    public Map<String, Tensor> inputs() {
        var lesson = new Regression();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("x", lesson.x());
        inputs.put("y", lesson.y());
        inputs.put("w", lesson.w().detach());
        inputs.put("b", lesson.b().detach());
        return inputs;
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = inputs.get("x");
        Tensor y = inputs.get("y");
        Tensor w = Ours.leaf(inputs, "w", Pass.BACKWARD);
        Tensor b = Ours.leaf(inputs, "b", Pass.BACKWARD);
        if (style == Style.SCRATCH) {
            var lesson = new Regression(x, y, w, b);
            return Ours.training(() -> lesson.step(LR), List.of(w, b));
        }
        var net = new Sequential(new Linear(w.detach().t().contiguous().requiresGrad(true), b));
        var loss = new MSELoss();
        var sgd = new SGD(net.parameters(), LR);
        return Ours.training(
                () -> {
                    var l = loss.forward(net.forward(x), y);
                    sgd.zeroGrad();
                    l.backward();
                    sgd.step();
                    return l;
                },
                net.parameters());
    }
}
