package adjoint.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.LinalgException;
import adjoint.types.ShapeException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompositionsTest {
    private static Tensor random(long... shape) {
        return Tensor.randn(Rng.torch(5), DType.F64, shape);
    }

    private static Tensor matrix(double[]... rows) {
        return Tensor.of((Object) rows, DType.F64);
    }

    private static Tensor vector(double... values) {
        return Tensor.of((Object) values, DType.F64);
    }

    private static Tensor unit(long n) {
        return Tensor.eye(n).to(DType.F64);
    }

    private static void near(Tensor found, Tensor wanted) {
        assertThat(found.shape()).isEqualTo(wanted.shape());
        assertThat(found.allClose(wanted, 1e-10, 1e-10)).isTrue();
    }

    /** Columns of length 1 at right angles. */
    private static void orthonormal(Tensor q) {
        near(q.mT().matmul(q), unit(q.size(-1)).expand(q.size(0), q.size(-1), q.size(-1)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 3", "3, 0", "1, 1", "2, 2", "4, 2", "2, 4", "7, 7", "40, 30", "30, 40"})
    void productsAreTheMatrix(long m, long n) {
        Tensor a = random(2, m, n);
        for (QRMode mode : List.of(QRMode.REDUCED, QRMode.COMPLETE)) {
            QR qr = Linalg.qr(a, mode);
            orthonormal(qr.q());
            near(qr.q().matmul(qr.r()), a);
            near(qr.r(), qr.r().triu());
        }
        near(Linalg.qr(a, QRMode.R).r(), Linalg.qr(a).r());
        for (SVDMode mode : SVDMode.values()) {
            SVD svd = Linalg.svd(a, mode);
            long k = Math.min(m, n);
            orthonormal(svd.u());
            orthonormal(svd.vh().mT());
            near(
                    svd.u()
                            .narrow(-1, 0, k)
                            .mul(svd.s().unsqueeze(-2))
                            .matmul(svd.vh().narrow(-2, 0, k)),
                    a);
            near(svd.s(), Linalg.svdvals(a));
            assertThat(svd.s().diff(1, -1).gt(0).any().itemBoolean()).isFalse();
            assertThat(svd.s().lt(0).any().itemBoolean()).isFalse();
        }
        LU lu = Linalg.lu(a);
        near(lu.p().matmul(lu.l()).matmul(lu.u()), a);
        near(lu.l().tril(), lu.l());
        near(lu.u().triu(), lu.u());
        near(Linalg.pinv(a).matmul(a).matmul(Linalg.pinv(a)), Linalg.pinv(a));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 40})
    void ofSquareMatrices(long n) {
        Tensor a = random(2, n, n);
        Tensor symmetric = a.add(a.mT());
        Eigh eigh = Linalg.eigh(symmetric);
        orthonormal(eigh.vectors());
        near(symmetric.matmul(eigh.vectors()), eigh.vectors().mul(eigh.values().unsqueeze(-2)));
        near(eigh.values(), Linalg.eigvalsh(symmetric, Triangle.UPPER));
        assertThat(eigh.values().diff(1, -1).lt(0).any().itemBoolean()).isFalse();
        Eig eig = Linalg.eig(a);
        Complex right = eig.vectors()
                .matmul(new Complex(
                        eig.values().real().diagEmbed(), eig.values().imag().diagEmbed()));
        near(a.matmul(eig.vectors().real()), right.real());
        near(a.matmul(eig.vectors().imag()), right.imag());
        near(eig.values().real(), Linalg.eigvals(a).real());
        near(eig.vectors().abs().square().sum(-2), Tensor.ones(DType.F64, 2, n));
        Tensor positive = a.matmul(a.mT()).add(unit(n));
        Tensor l = Linalg.cholesky(positive);
        near(l.matmul(l.mT()), positive);
        near(l.tril(), l);
        near(Linalg.cholesky(positive, Triangle.UPPER), l.mT());
    }

    @Test
    void whatIsInTheOtherTriangleDoesNotMatter() {
        Tensor a = matrix(new double[] {4, 99}, new double[] {2, 5});
        assertThat(Linalg.cholesky(a).toDoubles()).containsExactly(2, 0, 1, 2);
        near(Linalg.eigvalsh(a), Linalg.eigvalsh(matrix(new double[] {4, 2}, new double[] {2, 5})));
        near(Linalg.eigvalsh(a, Triangle.UPPER), Linalg.eigvalsh(matrix(new double[] {4, 99}, new double[] {99, 5})));
    }

    /** LAPACK reflects a column only if there is something below its diagonal. */
    @Test
    void signsOfQrAreLapacks() {
        near(Linalg.qr(unit(3)).r(), unit(3));
        near(
                Linalg.qr(matrix(new double[] {1, 2}, new double[] {0, -3})).r(),
                matrix(new double[] {1, 2}, new double[] {0, -3}));
        near(Linalg.qr(Tensor.zeros(DType.F64, 3, 2)).q(), unit(3).narrow(1, 0, 2));
        assertThat(Linalg.qr(matrix(new double[] {3}, new double[] {4})).r().item())
                .isEqualTo(-5);
        assertThat(Linalg.qr(matrix(new double[] {3, 4})).q().item()).isEqualTo(1);
    }

    static Stream<Tensor> awkward() {
        return Stream.of(
                unit(3),
                Tensor.zeros(DType.F64, 3, 3),
                Tensor.ones(DType.F64, 4, 4),
                unit(4).roll(new long[] {1}, new int[] {0}),
                matrix(new double[] {0, 1, 0, 0}, new double[] {-1, 0, 0, 0}, new double[] {0, 0, 0, 1}, new double[] {
                    0, 0, -1, 0
                }),
                matrix(new double[] {1e150, 2e150}, new double[] {3e150, 4e150}),
                matrix(new double[] {1e-150, 2e-150}, new double[] {3e-150, 4e-150}),
                matrix(new double[] {2, 1, 0}, new double[] {0, 3, 0}, new double[] {1, 1, 1}));
    }

    /** Equal, zero, paired, huge and tiny eigenvalues. */
    @ParameterizedTest
    @MethodSource("awkward")
    void eigenvectorsOfAwkwardMatrices(Tensor a) {
        Eig eig = Linalg.eig(a);
        double scale = Math.max(a.abs().max().item(), 1e-300);
        Complex right = eig.vectors()
                .matmul(new Complex(
                        eig.values().real().diagEmbed(), eig.values().imag().diagEmbed()));
        near(a.matmul(eig.vectors().real()).div(scale), right.real().div(scale));
        near(a.matmul(eig.vectors().imag()).div(scale), right.imag().div(scale));
        // They span the space: none of these matrices lacks vectors.
        Complex none = eig.vectors().solve(eig.vectors());
        near(none.real(), unit(a.size(0)));
    }

    @Test
    void eigenvaluesHaveAnOrder() {
        Complex found = Linalg.eigvals(unit(4).roll(new long[] {1}, new int[] {0}));
        near(found.real(), vector(-1, 0, 0, 1));
        near(found.imag(), vector(0, 1, -1, 0));
        near(found.abs(), Tensor.ones(DType.F64, 4));
        near(
                found.conj().angle(),
                vector(-Math.PI, -Math.PI / 2, Math.PI / 2, 0).abs().mul(vector(-1, -1, 1, 1)));
    }

    static Stream<Tensor> defective() {
        return Stream.of(
                matrix(new double[] {1, 1}, new double[] {0, 1}),
                matrix(new double[] {-2, -2, -5}, new double[] {-2, 0, 0}, new double[] {1, 0, 0}),
                matrix(
                        new double[] {-1, 1, -1, -1, -1},
                        new double[] {1, 1, -1, 1, -1},
                        new double[] {1, -1, -1, 1, 1},
                        new double[] {1, -1, 1, 1, -1},
                        new double[] {1, -1, 1, -1, 1}));
    }

    /** Fewer vectors than dimensions: two are the same, near enough, and what is given are eigenvectors all the same. */
    @ParameterizedTest
    @MethodSource("defective")
    void eigenvectorsThatAreMissing(Tensor a) {
        Eig eig = Linalg.eig(a);
        Complex right = eig.vectors()
                .matmul(new Complex(
                        eig.values().real().diagEmbed(), eig.values().imag().diagEmbed()));
        near(a.matmul(eig.vectors().real()), right.real());
        near(a.matmul(eig.vectors().imag()), right.imag());
    }

    @Test
    void notANumber() {
        Tensor nan = Tensor.full(Double.NaN, 2, 2);
        assertThat(Linalg.eigvalsh(nan).toFloats()).containsOnly(Float.NaN);
        assertThat(Linalg.eigh(nan).vectors().toFloats()).containsOnly(Float.NaN);
        assertThat(Linalg.qr(nan).r().toFloats()).containsExactly(Float.NaN, Float.NaN, 0, Float.NaN);
        for (Consumer<Tensor> call :
                List.<Consumer<Tensor>>of(Linalg::svd, Linalg::svdvals, Linalg::eig, Linalg::eigvals, Linalg::pinv)) {
            assertThatThrownBy(() -> call.accept(nan))
                    .isInstanceOf(LinalgException.class)
                    .hasMessageContaining("holds NaN or infinity");
        }
    }

    @Test
    void refusals() {
        for (Consumer<Tensor> call : List.<Consumer<Tensor>>of(
                Linalg::svd,
                Linalg::svdvals,
                Linalg::qr,
                Linalg::lu,
                Linalg::luFactor,
                Linalg::eigh,
                Linalg::eigvalsh,
                Linalg::eig,
                Linalg::eigvals,
                Linalg::cholesky)) {
            assertThatThrownBy(() -> call.accept(Tensor.ones(3))).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> call.accept(Tensor.eye(2).to(DType.I64))).isInstanceOf(DTypeException.class);
        }
        Tensor wide = Tensor.ones(2, 3);
        for (Consumer<Tensor> call : List.<Consumer<Tensor>>of(
                Linalg::eigh, Linalg::eigvalsh, Linalg::eig, Linalg::eigvals, Linalg::cholesky)) {
            assertThatThrownBy(() -> call.accept(wide)).isInstanceOf(ShapeException.class);
        }
    }

    /** Results are tensors of their own: writing into one changes no other, nor a gradient. */
    @Test
    void resultsShareNothing() {
        Tensor a = random(3, 3).requiresGrad(true);
        SVD svd = Linalg.svd(a);
        svd.u().mulInPlace(2);
        assertThat(svd.s().isContiguous()).isTrue();
        svd.s().sum().backward();
        near(a.grad(), Linalg.svd(a.detach()).u().matmul(svd.vh().detach()));
    }

    @Test
    void singlePrecision() {
        Tensor a = random(3, 2).to(DType.F32);
        assertThat(Linalg.svd(a).s().dtype()).isEqualTo(DType.F32);
        assertThat(Linalg.luFactor(a).lu().dtype()).isEqualTo(DType.F32);
        assertThat(Linalg.luFactor(a).pivots().dtype()).isEqualTo(DType.I32);
        assertThat(Linalg.lu(a).p().dtype()).isEqualTo(DType.F32);
        assertThat(Linalg.eigvals(Tensor.eye(2)).imag().dtype()).isEqualTo(DType.F32);
    }
}
