package adjoint.op;

import adjoint.tensor.Tensor;

/** An operation whose result is positions, counts or truth values: it has no derivative and is never recorded. */
public non-sealed interface DiscreteOp extends Op {
    @Override
    default boolean keepsInput(int i, Needs needs) {
        return false;
    }

    @Override
    default boolean keepsOutput(Needs needs) {
        return false;
    }

    @Override
    default Tensor gradient(int i, Tensor g, Saved saved) {
        throw new IllegalStateException(opName() + " has no derivative");
    }
}
