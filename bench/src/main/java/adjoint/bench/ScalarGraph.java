package adjoint.bench;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * A chain of 1,000 multiplications of single numbers, forward and then backward: the cost of an operation and of its
 * node with next to no arithmetic in it.
 *
 * <p>Two chains, since they cost differently: {@code y·x} with the leaf x saves both operands for backward, computes
 * two products a node and adds up 1,000 gradients in x; {@code y·c} with a number c saves nothing.
 *
 * <p>Against PyTorch ({@code peers/torch_peer.py}) and {@link CrudeTape}, as {@link RegressionStep}.
 *
 * <p>Wrong: a factor such as 0.9, whose 1,000th power is a denormal number, with which some processors compute a
 * hundred times slower; one leaf for all repetitions, whose gradient then grows without bound.
 */
final class ScalarGraph implements Benchmark {
    private static final int LENGTH = 1000;
    private static final double GOAL = 0.15e-3;

    @Override
    public List<Result> run(Harness harness) {
        return List.of(
                harness.measure("1,000 × y·x, forward and backward", () -> byLeaf(true))
                        .withGoal(GOAL),
                harness.measure("1,000 × y·x, forward only", () -> byLeaf(false)),
                harness.measure("1,000 × y·1.0001, forward and backward", () -> byNumber(true))
                        .withGoal(GOAL),
                harness.measure("1,000 × y·1.0001, forward only", () -> byNumber(false)),
                harness.measure("1,000 × y·x, crude tape", () -> CrudeTape.chain(LENGTH)));
    }

    /** Gives dy/dx where asked to, else y. */
    static Tensor byLeaf(boolean backward) {
        var x = Tensor.scalar(1.0).requiresGrad(true);
        var y = x;
        for (int i = 0; i < LENGTH; i++) {
            y = y.mul(x);
        }
        return derivative(y, x, backward);
    }

    static Tensor byNumber(boolean backward) {
        var x = Tensor.scalar(1.0).requiresGrad(true);
        var y = x;
        for (int i = 0; i < LENGTH; i++) {
            y = y.mul(1.0001);
        }
        return derivative(y, x, backward);
    }

    private static Tensor derivative(Tensor y, Tensor x, boolean backward) {
        if (!backward) {
            return y;
        }
        y.backward();
        return x.grad();
    }
}
