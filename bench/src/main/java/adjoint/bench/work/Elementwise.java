package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * One function of n numbers.
 *
 * @param function which
 * @param n how many numbers
 */
public record Elementwise(Function function, long n) implements Work {
    /** The functions. */
    public enum Function {
        EXP,
        TANH,
        /** Not elementwise in its result, but in its reading. */
        SUM
    }

    @Override
    public String name() {
        return function.name().toLowerCase(java.util.Locale.ROOT) + "-" + Works.power(n);
    }

    @Override
    public Cost cost() {
        return function == Function.SUM ? Cost.floats(n, n) : Cost.floats(Cost.FUNCTION * n, 2.0 * n);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw().normal("x", n).inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = inputs.get("x");
        return Ours.forward(
                switch (function) {
                    case EXP -> x::exp;
                    case TANH -> x::tanh;
                    case SUM -> x::sum;
                });
    }

    /** A sum of so many numbers around 0 may be a small difference of large ones. */
    @Override
    public double tolerance() {
        return function == Function.SUM ? 1e-3 : 1e-5;
    }
}
