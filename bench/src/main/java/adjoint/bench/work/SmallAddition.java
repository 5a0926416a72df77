package adjoint.bench.work;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code a.add(b)} of n numbers each, from the call to the result, where the numbers are nothing and the way is all.
 * Recorded, a requires grad and the result has its place in the graph.
 *
 * <p>Wrong: results that nobody keeps, so that the JVM may leave out to make them; opening {@code noGrad} anew for each.
 *
 * @param n how many numbers
 * @param mode whether the graph is kept
 */
public record SmallAddition(long n, Mode mode) implements Work {
    /** Whether the graph is kept. */
    public enum Mode {
        RECORDED("recorded"),
        NO_GRAD("no-grad");

        private final String name;

        Mode(String name) {
            this.name = name;
        }
    }

    /** How many in a row. */
    public static final int CALLS = 100;

    @Override
    public String name() {
        return "small-add-" + n + "-" + mode.name;
    }

    @Override
    public Cost cost() {
        return Cost.floats(n, 3.0 * n);
    }

    @Override
    public int calls() {
        return CALLS;
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw().normal("a", n).normal("b", n).inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor a = Ours.leaf(inputs, "a", Pass.BACKWARD);
        Tensor b = inputs.get("b");
        Tensor[] results = new Tensor[CALLS];
        Supplier<Tensor> additions = () -> {
            for (int i = 0; i < CALLS; i++) {
                results[i] = a.add(b);
            }
            return results[0];
        };
        return Ours.forward(
                mode == Mode.RECORDED
                        ? additions
                        : () -> {
                            try (var _ = Autograd.noGrad()) {
                                return additions.get();
                            }
                        });
    }
}
