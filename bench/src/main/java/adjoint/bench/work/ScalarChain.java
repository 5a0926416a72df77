package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * A chain of 1,000 multiplications of single numbers, forward and then backward: the cost of an operation and of its
 * node with next to no arithmetic in it.
 *
 * <p>Two chains, since they cost differently: {@code y·x} with the leaf x saves both operands for backward, computes
 * two products a node and adds up 1,000 gradients in x; {@code y·c} with a number c saves nothing.
 *
 * <p>Wrong: a factor such as 0.9, whose 1,000th power is a denormal number, with which some processors compute a
 * hundred times slower; one leaf for all repetitions, whose gradient then grows without bound.
 *
 * @param factor what is multiplied with
 * @param pass whether the chain is walked back too
 */
public record ScalarChain(Factor factor, Pass pass) implements Work {
    /** What each link multiplies with. */
    public enum Factor {
        /** The leaf that the chain begins with, a 1. */
        LEAF,
        /** A number, {@link ScalarChain#NUMBER}. */
        NUMBER
    }

    /** How many multiplications. */
    public static final int LENGTH = 1000;

    /** Whose 1,000th power is an ordinary number. */
    public static final double NUMBER = 1.0001;

    @Override
    public String name() {
        return (factor == Factor.LEAF ? "scalars-leaf" : "scalars-number") + pass.suffix;
    }

    /** A product a link; backward two products and a sum, or one product. */
    @Override
    public Cost cost() {
        int back = pass == Pass.FORWARD ? 0 : factor == Factor.LEAF ? 3 : 1;
        return Cost.floats(LENGTH * (1.0 + back), 2);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return Map.of();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        return Ours.forward(() -> {
            var x = Tensor.scalar(1.0).requiresGrad(true);
            var y = x;
            for (int i = 0; i < LENGTH; i++) {
                y = factor == Factor.LEAF ? y.mul(x) : y.mul(NUMBER);
            }
            if (pass == Pass.FORWARD) {
                return y;
            }
            y.backward();
            return x.grad();
        });
    }

    /** The product of 1,000 factors as single floats. */
    @Override
    public double tolerance() {
        return 1e-3;
    }
}
