package adjoint.op;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** A product: linear in each of its two inputs. Each side's derivative is a transpose that reads the other side. */
public non-sealed interface BilinearOp extends Op {

    /** The gradient of the left input. */
    Tensor transposeLeft(Tensor g, Tensor right);

    /** The gradient of the right input. */
    Tensor transposeRight(Tensor left, Tensor g);

    @Override
    default long keeps(long needs) {
        return (needs & 1) << 1 | (needs & 2) >> 1;
    }

    @Override
    default Tensor gradient(int i, Tensor g, Saved saved) {
        return i == 0 ? transposeLeft(g, saved.input(1)) : transposeRight(saved.input(0), g);
    }

    /** The product rule. */
    @Override
    default Tensor tangent(Tensor[] tangents, Saved values) {
        Tensor left = tangents[0] == null ? null : Engine.run(this, tangents[0], values.input(1));
        Tensor right = tangents[1] == null ? null : Engine.run(this, values.input(0), tangents[1]);
        return left == null ? right : right == null ? left : left.add(right);
    }
}
