package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.GraphException;
import adjoint.types.Shape;

/** The positions of the elements that are not zero: {@code [count, rank]}, row-major order. */
public enum Nonzero implements DiscreteOp {
    NONZERO;

    @Override
    public String opName() {
        return "nonzero";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided truth = Copy.of(in[0], DType.BOOL);
        boolean[] x = truth.booleans();
        int rank = truth.shape().rank();
        int count = 0;
        for (boolean b : x) {
            count += b ? 1 : 0;
        }
        Strided out = Strided.zeros(DType.I64, Shape.of(count, rank));
        long[] y = out.longs();
        int row = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i]) {
                int rest = i;
                for (int d = rank - 1; d >= 0; d--) {
                    int size = (int) truth.shape().size(d);
                    y[row * rank + d] = rest % size;
                    rest /= size;
                }
                row++;
            }
        }
        return out;
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        throw new GraphException("nonzero under vmap: how many elements are not zero differs from example to example."
                + " Keep the shape, with Tensor.where(condition, x, 0) for instead of picking by a mask.");
    }
}
