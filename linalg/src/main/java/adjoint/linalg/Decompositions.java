package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import java.util.Arrays;

/** Products that a matrix is: what {@link Linalg} says, in terms of operations. */
final class Decompositions {
    private Decompositions() {}

    static Tensor cholesky(Tensor a, Triangle triangle, CholeskyFactor.Otherwise otherwise) {
        Matrices.realSquare("cholesky", a);
        var op = new CholeskyFactor(otherwise);
        return triangle == Triangle.LOWER
                ? Engine.run(op, a)
                : Engine.named(Engine.run(op, a.mT()).mT(), op.gradName());
    }

    static ResultAndInfo<Tensor> choleskyEx(Tensor a, Triangle triangle) {
        Tensor factor = cholesky(a, triangle, CholeskyFactor.Otherwise.NAN);
        return new ResultAndInfo<>(factor, Solving.info(Failure.CHOLESKY, triangle == Triangle.LOWER ? a : a.mT()));
    }

    static QR qr(Tensor a, QRMode mode) {
        Matrices.matrix("qr", a);
        int m = Math.toIntExact(a.size(-2));
        int n = Math.toIntExact(a.size(-1));
        if (mode == QRMode.R) {
            return new QR(Tensor.zeros(a.dtype(), 0), qr(a, QRMode.REDUCED).r());
        }
        int square = Math.min(m, n);
        var op = new QRFactors(m, square, mode == QRMode.COMPLETE ? m : square);
        Tensor packed = Engine.run(op, m < n ? a.narrow(-1, 0, m) : a);
        Tensor q = op.packing().get(packed, 0);
        Tensor r = op.packing().get(packed, 1);
        // The columns that a wide matrix has more are turned by the same Q.
        return new QR(q, m < n ? Tensor.cat(-1, r, q.mT().matmul(a.narrow(-1, m, n - m))) : r);
    }

    static SVD svd(Tensor a, SVDMode mode) {
        Matrices.matrix("svd", a);
        int m = Math.toIntExact(a.size(-2));
        int n = Math.toIntExact(a.size(-1));
        var op = new SVDFactors(m, n, mode);
        Tensor packed = Engine.run(op, a);
        return new SVD(
                op.packing().get(packed, 1),
                Engine.run(new Spectrum(Spectrum.Kind.SINGULAR, m, n), a, packed.detach()),
                op.packing().get(packed, 2));
    }

    static Tensor svdvals(Tensor a) {
        Matrices.matrix("svdvals", a);
        int m = Math.toIntExact(a.size(-2));
        int n = Math.toIntExact(a.size(-1));
        return Engine.run(new Spectrum(Spectrum.Kind.SINGULAR, m, n), a);
    }

    static Eigh eigh(Tensor a, Triangle triangle) {
        int n = Math.toIntExact(Matrices.realSquare("eigh", a).size(-1));
        Tensor read = triangle == Triangle.LOWER ? a : a.mT();
        var op = new EighFactors(n);
        Tensor packed = Engine.run(op, read);
        return new Eigh(
                Engine.run(new Spectrum(Spectrum.Kind.SYMMETRIC, n, n), read, packed.detach()),
                op.packing().get(packed, 1));
    }

    static Tensor eigvalsh(Tensor a, Triangle triangle) {
        int n = Math.toIntExact(Matrices.realSquare("eigvalsh", a).size(-1));
        return Engine.run(new Spectrum(Spectrum.Kind.SYMMETRIC, n, n), triangle == Triangle.LOWER ? a : a.mT());
    }

    static Eig eig(Tensor a) {
        int n = Math.toIntExact(Matrices.realSquare("eig", a).size(-1));
        var op = new EigFactors(n, EigFactors.Wanted.VECTORS);
        Tensor packed = Engine.run(op, a);
        var values = new EigFactors(n, EigFactors.Wanted.VALUES);
        return new Eig(
                complex(values.packing(), Engine.run(values, a, packed.detach()), 0), complex(op.packing(), packed, 2));
    }

    static Complex eigvals(Tensor a) {
        int n = Math.toIntExact(Matrices.realSquare("eigvals", a).size(-1));
        var op = new EigFactors(n, EigFactors.Wanted.VALUES);
        return complex(op.packing(), Engine.run(op, a), 0);
    }

    private static Complex complex(Packing packing, Tensor packed, int at) {
        return new Complex(packing.get(packed, at), packing.get(packed, at + 1));
    }

    static PackedLU luFactor(Tensor a, Solve.Singular singular) {
        Matrices.matrix("lu_factor", a);
        var op = new LUFactors(Math.toIntExact(a.size(-2)), Math.toIntExact(a.size(-1)), singular);
        Tensor packed = Engine.run(op, a);
        return new PackedLU(
                op.packing().get(packed, 0),
                op.packing().get(packed.detach(), 1).to(DType.I32));
    }

    static ResultAndInfo<PackedLU> luFactorEx(Tensor a) {
        return new ResultAndInfo<>(luFactor(a, Solve.Singular.INFINITE), Solving.info(Failure.PIVOTS, a));
    }

    static LU lu(Tensor a) {
        return unpack(luFactor(a, Solve.Singular.INFINITE));
    }

    static LU unpack(PackedLU factors) {
        Tensor lu = factors.lu();
        checkPivots("lu_unpack", factors);
        long m = lu.size(-2);
        long k = Matrices.side(lu);
        Tensor left = lu.narrow(-1, 0, k);
        Tensor top = lu.narrow(-2, 0, k);
        Tensor ones = Matrices.unit(m, lu.dtype()).narrow(-1, 0, k);
        return new LU(
                permutation(factors.pivots(), Math.toIntExact(m), lu.dtype()),
                left.tril(-1).add(ones),
                top.triu());
    }

    static void checkPivots(String name, PackedLU factors) {
        Matrices.matrix(name, factors.lu());
        Tensor pivots = factors.pivots();
        if (pivots.dtype() != DType.I32) {
            throw new DTypeException(name + ": pivots of type " + pivots.dtype()
                    + ": they are int32. Take them from luFactor, or convert with to(DType.I32).");
        }
        long[] wanted = Matrices.joined(Matrices.leading(factors.lu()), Matrices.side(factors.lu()));
        if (!Arrays.equals(wanted, pivots.shape().sizes())) {
            throw new ShapeException(name + ": pivots of shape " + pivots.shape() + " for factors of shape "
                    + factors.lu().shape() + ": there is one for each column that is eliminated. Take both from one"
                    + " luFactor.");
        }
    }

    static Tensor permutation(Tensor exchanges, int m, DType dtype) {
        return Engine.run(new Permutation(m, dtype), exchanges);
    }

    /** The first columns of the product of the reflections {@code I − τ w wᵀ}, of which {@code a} holds w below a one. */
    static Tensor householderProduct(Tensor a, Tensor tau) {
        String name = "householder_product";
        Matrices.matrix(name, a);
        Matrices.sameType(name, a, tau);
        long m = a.size(-2);
        long n = a.size(-1);
        long k = tau.shape().rank() == 0 ? Long.MAX_VALUE : tau.size(-1);
        boolean same = tau.shape().rank() == a.shape().rank() - 1
                && Matrices.leading(tau.shape(), 1).equals(Matrices.leading(a));
        if (m < n || k > n || !same) {
            throw new ShapeException(
                    name + ": " + a.shape() + " and " + tau.shape()
                            + ": it takes [..., m, n] and [..., k] with m ≥ n ≥ k and the same leading dimensions. Reshape them.");
        }
        Tensor q = Matrices.unit(m, a.dtype()).narrow(-1, 0, n);
        Tensor w = a.tril(-1).add(Matrices.unit(m, a.dtype()).narrow(-1, 0, n));
        for (long i = k - 1; i >= 0; i--) {
            Tensor vector = w.narrow(-1, i, 1);
            q = q.sub(vector.mul(tau.narrow(-1, i, 1).unsqueeze(-1))
                    .matmul(vector.mT().matmul(q)));
        }
        return q.expand(a.shape().sizes());
    }
}
