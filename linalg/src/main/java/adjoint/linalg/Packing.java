package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * How the several results of a decomposition lie in the one result that an operation has: one after another along the
 * last dimension, {@code [..., total]}, row-major.
 */
final class Packing {
    private final String opName;
    private final String gradName;
    private final Shape[] shapes;

    Packing(String opName, String gradName, Shape... shapes) {
        this.opName = opName;
        this.gradName = gradName;
        this.shapes = shapes;
    }

    /** Where the {@code i}-th result begins. */
    int at(int i) {
        return (int) Arrays.stream(shapes, 0, i).mapToLong(Shape::numel).sum();
    }

    int total() {
        return at(shapes.length);
    }

    /** The shape of all, for a batch. */
    Shape of(Shape batch) {
        return Shape.of(Matrices.joined(batch, total()));
    }

    /** The {@code i}-th result, {@code [..., shape]}, in memory of its own. */
    Tensor get(Tensor packed, int i) {
        return Engine.run(new Piece(opName, gradName, at(i), total(), shapes[i]), packed);
    }

    /** One of the results. Linear: the others have gradient 0. */
    private record Piece(String opName, String gradName, int at, int total, Shape shape) implements MatrixOp {
        @Override
        public Numbers compute(Numbers... in) {
            Shape batch = Matrices.leading(in[0].shape(), 1);
            Shape to = Shape.of(Matrices.joined(batch, shape.sizes()));
            int count = (int) shape.numel();
            double[] out = new double[(int) to.numel()];
            Matrices.each(batch, 0, i -> System.arraycopy(in[0].values(), i * total + at, out, i * count, count));
            return new Numbers(to, in[0].dtype(), out);
        }

        @Override
        public long keeps(long needs) {
            return 0;
        }

        @Override
        public Tensor gradient(int i, Tensor g, Saved saved) {
            Shape batch = Matrices.leading(g.shape(), shape.rank());
            Tensor own = g.reshape(Matrices.joined(batch, shape.numel()));
            Tensor before = Tensor.zeros(g.dtype(), Matrices.joined(batch, at));
            Tensor after = Tensor.zeros(g.dtype(), Matrices.joined(batch, total - at - shape.numel()));
            return Tensor.cat(-1, before, own, after);
        }
    }
}
