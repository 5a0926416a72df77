package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The step of {@link RegressionStep}, from scratch, with its batch picked out of 1,000 samples each time. As a figure for
 * the step it is wrong; beside that one it tells what a real epoch has besides.
 */
public record DrawingStep() implements Work {
    private static final int SAMPLES = 1000;

    @Override
    public String name() {
        return "regression-drawing";
    }

    @Override
    public Cost cost() {
        return new RegressionStep(RegressionStep.Style.SCRATCH).cost();
    }

    @Override
    public Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new LinkedHashMap<>(new RegressionStep(RegressionStep.Style.SCRATCH).inputs());
        inputs.put("x", Tensor.normal(0, 1, SAMPLES, 2));
        inputs.put("y", Regression.labels(inputs.get("x")));
        return inputs;
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = inputs.get("x");
        Tensor y = inputs.get("y");
        Tensor w = Ours.leaf(inputs, "w", Pass.BACKWARD);
        Tensor b = Ours.leaf(inputs, "b", Pass.BACKWARD);
        var lesson = new Regression(x, y, w, b);
        int[] rows = new int[Regression.BATCH];
        int[] next = {0};
        return Ours.training(
                () -> {
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = next[0] = (next[0] + 7) % SAMPLES;
                    }
                    var picked = Tensor.of(rows);
                    return lesson.step(x.at(picked), y.at(picked), RegressionStep.LR);
                },
                List.of(w, b));
    }
}
