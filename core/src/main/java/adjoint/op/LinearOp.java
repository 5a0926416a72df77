package adjoint.op;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * An operation that is linear in its floating-point inputs taken together (sum, reshape, slice, concatenation, …). Its
 * derivative is its transpose and needs no value; integer inputs (positions) are kept for it.
 */
public non-sealed interface LinearOp extends Op {

    /** How many leading inputs it is linear in; those after them are positions. */
    default int linearInputs() {
        return Integer.MAX_VALUE;
    }

    /** The transpose in input {@code i} applied to {@code g}. */
    Tensor transpose(int i, Tensor g, Saved positions);

    @Override
    default long keeps(long needs) {
        int linear = linearInputs();
        return linear >= Long.SIZE ? 0 : -1L << linear & RESULT - 1;
    }

    @Override
    default Tensor gradient(int i, Tensor g, Saved saved) {
        return transpose(i, g, saved);
    }

    /** The operation itself, on the tangents. */
    @Override
    default Tensor tangent(Tensor[] tangents, Saved values) {
        Tensor[] in = new Tensor[tangents.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = i >= linearInputs()
                    ? values.input(i)
                    : tangents[i] == null ? Tensor.zerosLike(values.input(i)) : tangents[i];
        }
        return Engine.run(this, in);
    }

    /** Zeros of {@code g}'s type to write something into a copy of: where that saves time, one zero seen many times. */
    static Tensor zeros(Tensor g, Shape shape) {
        return shape.numel() < 4096
                ? Tensor.zeros(g.dtype(), shape.sizes())
                : Tensor.zeros(g.dtype()).expand(shape.sizes());
    }
}
