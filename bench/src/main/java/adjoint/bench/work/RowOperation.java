package adjoint.bench.work;

import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * Softmax, its logarithm, or layer normalisation of each row of {@code [4096, 1024]}: reductions and what is done with
 * them, which a cache can hold between.
 *
 * @param function which
 * @param pass forward, or backward too: to the numbers, and of layer normalisation to its weight and bias
 */
public record RowOperation(Function function, Pass pass) implements Work {
    /** What is done with a row. */
    public enum Function {
        SOFTMAX("softmax", Cost.FUNCTION + 3, 4),
        LOG_SOFTMAX("log-softmax", Cost.FUNCTION + 3, Cost.FUNCTION + 3),
        LAYER_NORM("layer-norm", 7, 12);

        private final String name;
        /** Operations a number. */
        private final double forward;

        private final double backward;

        Function(String name, double forward, double backward) {
            this.name = name;
            this.forward = forward;
            this.backward = backward;
        }
    }

    /** How many rows. */
    public static final long ROWS = 4096;

    /** How many numbers in each. */
    public static final long COLUMNS = 1024;

    /** Added to the variance. */
    public static final double EPS = 1e-5;

    @Override
    public String name() {
        return function.name + pass.suffix;
    }

    @Override
    public Cost cost() {
        double n = (double) ROWS * COLUMNS;
        // x and y; backward y's gradient and x's.
        return pass == Pass.FORWARD
                ? Cost.floats(function.forward * n, 2 * n)
                : Cost.floats((function.forward + function.backward) * n, 4 * n);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw()
                .normal("x", ROWS, COLUMNS)
                .normal("weight", COLUMNS)
                .normal("bias", COLUMNS)
                .normal("gradient", ROWS, COLUMNS)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = Ours.leaf(inputs, "x", pass);
        if (function == Function.LAYER_NORM) {
            Tensor weight = Ours.leaf(inputs, "weight", pass);
            Tensor bias = Ours.leaf(inputs, "bias", pass);
            long[] shape = {COLUMNS};
            return Ours.of(pass, inputs, () -> Functional.layerNorm(x, shape, weight, bias, EPS), x, weight, bias);
        }
        return Ours.of(pass, inputs, () -> function == Function.SOFTMAX ? x.softmax(1) : x.logSoftmax(1), x);
    }
}
