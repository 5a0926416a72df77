package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/**
 * Numbers that go elsewhere as they are.
 *
 * @param function how
 */
public record Rearranging(Function function) implements Work {
    /** How. */
    public enum Function {
        /** {@code [1024, 1024]}, rows made columns. */
        TRANSPOSE,
        /** {@code [32, 64, 28, 28]}, channels made last. */
        CHANNELS_LAST,
        /** Two of {@code [1024, 512]} beside each other. */
        CAT
    }

    private static final long SIDE = 1024;

    @Override
    public String name() {
        return "copy-" + function.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Cost cost() {
        return Cost.floats(0, 2.0 * (function == Function.CHANNELS_LAST ? 32 * 64 * 28 * 28 : SIDE * SIDE));
    }

    @Override
    public Map<String, Tensor> inputs() {
        return switch (function) {
            case TRANSPOSE -> new Draw().normal("x", SIDE, SIDE).inputs();
            case CHANNELS_LAST -> new Draw().normal("x", 32, 64, 28, 28).inputs();
            case CAT ->
                new Draw()
                        .normal("x", SIDE, SIDE / 2)
                        .normal("y", SIDE, SIDE / 2)
                        .inputs();
        };
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = inputs.get("x");
        Tensor y = inputs.get("y");
        return Ours.forward(
                switch (function) {
                    case TRANSPOSE -> () -> x.t().contiguous();
                    case CHANNELS_LAST -> () -> x.permute(0, 2, 3, 1).contiguous();
                    case CAT -> () -> Tensor.cat(1, x, y);
                });
    }
}
