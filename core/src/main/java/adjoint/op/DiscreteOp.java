package adjoint.op;

import adjoint.tensor.Tensor;

/** An operation whose result is positions, counts or truth values: it has no derivative and is never recorded. */
public non-sealed interface DiscreteOp extends Op {
    @Override
    default long keeps(long needs) {
        return 0;
    }

    @Override
    default Tensor gradient(int i, Tensor g, Saved saved) {
        throw new IllegalStateException(opName() + " has no derivative");
    }

    @Override
    default Tensor tangent(Tensor[] tangents, Saved values) {
        return null;
    }
}
