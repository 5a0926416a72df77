package adjoint.linalg;

import adjoint.tensor.Dim;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.LinalgException;
import adjoint.types.Shape;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * The eigenvalues of general real {@code n × n} matrices, real parts and imaginary parts, and, where they are wanted, the
 * eigenvectors, likewise. A second input, where there is one, brings what the operation with vectors has computed.
 */
record EigFactors(int n, Wanted wanted) implements MatrixOp {
    /** What is computed. */
    enum Wanted {
        VALUES,
        VECTORS
    }

    Packing packing() {
        return wanted == Wanted.VALUES
                ? new Packing(opName(), gradName(), Shape.of(n), Shape.of(n))
                : new Packing(opName(), gradName(), Shape.of(n), Shape.of(n), Shape.of(n, n), Shape.of(n, n));
    }

    @Override
    public String opName() {
        return wanted == Wanted.VALUES ? "eigvals" : "eig";
    }

    @Override
    public String gradName() {
        return "LinalgEigBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        Packing packing = packing();
        Shape to = packing.of(Matrices.leading(in[0].shape(), 2));
        double[] out = new double[(int) to.numel()];
        Matrices.each(in[0].shape(), 2, i -> {
            int at = i * packing.total();
            if (in.length == 2) {
                int from = i * (int) in[1].shape().size(-1);
                System.arraycopy(in[1].values(), from, out, at, packing.total());
            } else {
                decompose(Matrices.copy(in[0].values(), i, n, n), out, at);
            }
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    private void decompose(DMatrixRMaj a, double[] out, int at) {
        if (n == 0) {
            return;
        }
        if (!Matrices.isFinite(a)) {
            throw new LinalgException(
                    opName() + ": of an " + n + " × " + n + " matrix that holds NaN or infinity: it has"
                            + " no eigenvalues. Find out where these come from, or replace them with nanToNum.");
        }
        var eigen = DecompositionFactory_DDRM.eig(n, false, false);
        if (!eigen.decompose(a.copy()) || eigen.getNumberOfEigenvalues() != n) {
            throw new LinalgException(opName() + ": of an " + n + " × " + n
                    + " matrix: it did not converge. Scale the matrix, or add a little noise.");
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(j -> eigen.getEigenvalue(j).real)
                        .thenComparing(j -> -eigen.getEigenvalue(j).imaginary))
                .mapToInt(j -> j)
                .toArray();
        for (int j = 0; j < n; j++) {
            out[at + j] = eigen.getEigenvalue(order[j]).real;
            out[at + n + j] = eigen.getEigenvalue(order[j]).imaginary;
        }
        if (wanted == Wanted.VECTORS) {
            vectors(a, out, at);
        }
    }

    private void vectors(DMatrixRMaj a, double[] out, int at) {
        var iteration = new InverseIteration(a);
        int reals = at + 2 * n;
        int imags = reals + n * n;
        for (int j = 0; j < n; j++) {
            double imag = out[at + n + j];
            // Of a pair the second has the conjugate: the same start, the other sign.
            double[][] vector = iteration.vector(out[at + j], Math.abs(imag), imag < 0 ? partner(out, at, j) : j);
            for (int r = 0; r < n; r++) {
                out[reals + r * n + j] = vector[0][r];
                out[imags + r * n + j] = imag < 0 ? -vector[1][r] : vector[1][r];
            }
        }
    }

    /** The place of the conjugate of the eigenvalue at {@code j}: as far from the middle of those with its real part. */
    private int partner(double[] out, int at, int j) {
        int first = j;
        while (first > 0 && out[at + first - 1] == out[at + j]) {
            first--;
        }
        int last = j;
        while (last + 1 < n && out[at + last + 1] == out[at + j]) {
            last++;
        }
        return first + last - j;
    }

    @Override
    public long keeps(long needs) {
        return wanted == Wanted.VALUES ? 1 | needs : RESULT;
    }

    /**
     * The real part of V⁻ᴴ (diag(λ̄) + (VᴴV̄ − VᴴV diag(Re(VᴴV̄)))/E*) Vᴴ with E<sub>ij</sub> = λ<sub>j</sub> −
     * λ<sub>i</sub> (Boeddeker et al. 2017, On the computation of complex-valued gradients, section 4.2). Infinite or NaN where
     * eigenvalues are equal.
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        if (i > 0) {
            return Tensor.zerosLike(saved.input(i));
        }
        Packing own = packing();
        Complex values = new Complex(own.get(g, 0), own.get(g, 1));
        Complex inner = new Complex(values.real().diagEmbed(), values.imag().diagEmbed());
        var vectors = new EigFactors(n, Wanted.VECTORS);
        Tensor packed = wanted == Wanted.VALUES ? Engine.run(vectors, saved.input(0)) : saved.output();
        Packing all = vectors.packing();
        Complex v = new Complex(all.get(packed, 2), all.get(packed, 3));
        if (wanted == Wanted.VECTORS) {
            Complex lambda = new Complex(all.get(packed, 0), all.get(packed, 1));
            inner = inner.add(turning(lambda, v, new Complex(own.get(g, 2), own.get(g, 3))));
        }
        return v.mH().solve(inner.matmul(v.mH())).real();
    }

    private Complex turning(Complex lambda, Complex v, Complex g) {
        Complex product = v.mH().matmul(phaseFree(v, g));
        Tensor unit = Matrices.unit(n, v.real().dtype());
        Complex length = v.mH().matmul(v).mul(product.real().diagonal(0, -2, -1).unsqueeze(-2));
        // The conjugate of the differences, with ones on the diagonal, where the numerator is 0.
        Complex e = new Complex(
                lambda.real().unsqueeze(-2).sub(lambda.real().unsqueeze(-1)).add(unit),
                lambda.imag().unsqueeze(-1).sub(lambda.imag().unsqueeze(-2)));
        Tensor off = unit.neg().add(1);
        return product.sub(length).mul(off).div(e);
    }

    /**
     * The gradient without what would change the vectors' phase, which is fixed: the largest component is real. PyTorch
     * refuses gradients that depend on the phase.
     */
    private Complex phaseFree(Complex v, Complex g) {
        if (n == 0) {
            return g;
        }
        Tensor square = v.real().square().add(v.imag().square());
        Tensor candidates = Tensor.where(v.imag().eq(0), square, -1);
        Tensor largest = candidates
                .argmax(-2, Dim.KEEP)
                .eq(Tensor.arange(n).unsqueeze(-1))
                .to(square.dtype());
        Tensor turn = v.real().mul(g.imag()).sub(v.imag().mul(g.real())).sum(-2, Dim.KEEP);
        Tensor at = v.real().mul(largest).sum(-2, Dim.KEEP);
        return new Complex(g.real(), g.imag().sub(largest.mul(turn.div(at))));
    }
}
