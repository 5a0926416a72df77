package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * {@code x + w} of n numbers each: memory, and where a new result comes from. In place it goes into x.
 *
 * <p>Wrong: a result that lies in the cache because the one before was dropped there in one library only. Both make a new
 * one each time and drop it, by the collector or at once, as their users' programs do.
 *
 * @param n how many numbers
 * @param result where the sum goes
 */
public record Addition(long n, Result result) implements Work {
    /** Where the sum goes. */
    public enum Result {
        NEW,
        IN_PLACE
    }

    @Override
    public String name() {
        return (result == Result.NEW ? "add-" : "add-in-place-") + Works.power(n);
    }

    @Override
    public Cost cost() {
        return Cost.floats(n, 3.0 * n);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw().normal("x", n).normal("w", n).inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = inputs.get("x").clone();
        Tensor w = inputs.get("w");
        return Ours.forward(result == Result.NEW ? () -> x.add(w) : () -> x.addInPlace(w));
    }
}
