package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * The singular values, or the eigenvalues of symmetric matrices, {@code [..., k]}, without vectors; where a second input
 * brings what the operation for both has computed, they are taken from there.
 *
 * <p>An operation of its own, since its gradient exists where vectors' gradients do not: at values that are equal.
 */
record Spectrum(Kind kind, int m, int n) implements MatrixOp {
    /** Of which decomposition. */
    enum Kind {
        SINGULAR,
        SYMMETRIC
    }

    @Override
    public String opName() {
        return kind == Kind.SINGULAR ? "svdvals" : "eigvalsh";
    }

    @Override
    public String gradName() {
        return kind == Kind.SINGULAR ? "LinalgSvdBackward0" : "LinalgEighBackward0";
    }

    private double[] values(Numbers[] in, int i, int k) {
        if (in.length == 2) {
            int at = i * (int) in[1].shape().size(-1);
            return Arrays.copyOfRange(in[1].values(), at, at + k);
        }
        return kind == Kind.SINGULAR
                ? SVDFactors.decompose(Matrices.copy(in[0].values(), i, m, n), null)
                        .s()
                : EighFactors.decompose(Matrices.mirrored(in[0].values(), i, n), false)
                        .values();
    }

    @Override
    public Numbers compute(Numbers... in) {
        int k = Math.min(m, n);
        Shape batch = Matrices.leading(in[0].shape(), 2);
        Shape to = Shape.of(Matrices.joined(batch, k));
        double[] out = new double[(int) to.numel()];
        Matrices.each(batch, 0, i -> System.arraycopy(values(in, i, k), 0, out, i * k, k));
        return new Numbers(to, in[0].dtype(), out);
    }

    @Override
    public long keeps(long needs) {
        return 1 | needs;
    }

    /** U diag(G) Vᵀ (Giles 2008, sections 3.1 and 3.2). */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        if (i > 0) {
            return Tensor.zerosLike(saved.input(i));
        }
        Tensor across = g.unsqueeze(-2);
        if (kind == Kind.SYMMETRIC) {
            Tensor v = Decompositions.eigh(saved.input(0), Triangle.LOWER).vectors();
            return v.mul(across).matmul(v.mT());
        }
        SVD svd = Decompositions.svd(saved.input(0), SVDMode.REDUCED);
        return svd.u().mul(across).matmul(svd.vh());
    }
}
