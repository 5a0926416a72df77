package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** L and U of P A = L U in one {@code m × n} matrix, and the exchanges of rows, {@code [k]}, counted from 1. */
record LUFactors(int m, int n, Solve.Singular singular) implements MatrixOp {
    Packing packing() {
        return new Packing(opName(), gradName(), Shape.of(m, n), Shape.of(Math.min(m, n)));
    }

    @Override
    public String opName() {
        return "lu_factor";
    }

    @Override
    public String gradName() {
        return "LinalgLuFactorExBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        Packing packing = packing();
        Shape to = packing.of(Matrices.leading(in[0].shape(), 2));
        double[] out = new double[(int) to.numel()];
        Matrices.each(in[0].shape(), 2, i -> {
            Elimination lu = Elimination.of(in[0].values(), i, m, n);
            (singular == Solve.Singular.ERROR ? lu.regular(opName(), in[0].shape()) : lu)
                    .write(out, i * packing.total());
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    /**
     * Of a square matrix Pᵀ L⁻ᵀ (tril(Lᵀ L̄, −1) + triu(Ū Uᵀ)) U⁻ᵀ (Walter and Lehmann 2018, section 3.3). The rows that a
     * tall one has more, or the columns of a wide one, are products of the square part and count there.
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Packing packing = packing();
        int k = Math.min(m, n);
        Tensor lu = packing.get(saved.output(), 0);
        Tensor gradient = packing.get(g, 0);
        Tensor square = lu.narrow(-1, 0, k).narrow(-2, 0, k);
        Tensor lower = square.tril(-1).add(Matrices.unit(k, lu.dtype()));
        Tensor upper = square.triu();
        Tensor own = gradient.narrow(-1, 0, k).narrow(-2, 0, k);
        Tensor below = lower.mT().matmul(own.tril(-1));
        Tensor above = own.triu().matmul(upper.mT());
        Tensor right = gradient.narrow(-1, k, n - k).narrow(-2, 0, k);
        Tensor bottom = gradient.narrow(-2, k, m - k).narrow(-1, 0, k);
        if (n > k) {
            below = below.sub(right.matmul(lu.narrow(-1, k, n - k).mT()));
        }
        if (m > k) {
            above = above.sub(lu.narrow(-2, k, m - k).mT().matmul(bottom));
        }
        Tensor inner = Solving.triangular(
                        upper, below.tril(-1).add(above.triu()).mT(), Triangle.UPPER)
                .mT();
        Tensor all = Solving.triangular(lower.mT(), inner, Triangle.UPPER);
        if (n > k) {
            all = Tensor.cat(-1, all, Solving.triangular(lower.mT(), right, Triangle.UPPER));
        }
        if (m > k) {
            all = Tensor.cat(
                    -2,
                    all,
                    Solving.triangular(upper, bottom.mT(), Triangle.UPPER).mT());
        }
        Tensor exchanges = packing.get(saved.output(), 1).detach();
        return Decompositions.permutation(exchanges, m, lu.dtype()).matmul(all);
    }
}
