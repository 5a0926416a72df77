package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.Shape;

/** P, {@code [..., m, m]}, of A = P L U, from the exchanges of rows {@code [..., k]} that lead to L U. */
record Permutation(int m, DType dtype) implements MatrixOp {
    @Override
    public String opName() {
        return "lu_unpack";
    }

    @Override
    public Numbers compute(Numbers... in) {
        Shape batch = Matrices.leading(in[0].shape(), 1);
        int k = (int) in[0].shape().size(-1);
        Shape to = Shape.of(Matrices.joined(batch, m, m));
        double[] out = new double[(int) to.numel()];
        Matrices.each(batch, 0, i -> {
            int[] rows = new int[m];
            for (int r = 0; r < m; r++) {
                rows[r] = r;
            }
            for (int r = 0; r < k; r++) {
                double pivot = in[0].values()[i * k + r];
                if (!(pivot >= 1 && pivot <= m)) {
                    throw new IndexException("lu_unpack: a pivot " + (long) pivot + " for " + m
                            + " rows: pivots are numbers of rows, counted from 1. Take them from luFactor.");
                }
                int other = (int) pivot - 1;
                int row = rows[r];
                rows[r] = rows[other];
                rows[other] = row;
            }
            for (int r = 0; r < m; r++) {
                out[i * m * m + rows[r] * m + r] = 1;
            }
        });
        return new Numbers(to, dtype, out);
    }

    @Override
    public long keeps(long needs) {
        return needs;
    }

    /** None: places do not move. */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return Tensor.zerosLike(saved.input(i));
    }
}
