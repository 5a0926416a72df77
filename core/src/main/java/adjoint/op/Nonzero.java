package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.types.DType;
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
}
