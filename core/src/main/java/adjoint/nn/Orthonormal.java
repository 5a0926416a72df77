package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;

/** Matrices of orthonormal rows or columns, uniformly distributed among all such. */
final class Orthonormal {
    private Orthonormal() {}

    static Tensor fill(Rng rng, Tensor x, double gain) {
        if (x.shape().rank() < 2) {
            throw new ShapeException("orthogonal of " + x.shape()
                    + ": a matrix has orthonormal rows, and this is none. Give it two dimensions or more.");
        }
        if (x.numel() == 0) {
            return x;
        }
        int rows = (int) x.size(0);
        int columns = (int) (x.numel() / rows);
        Tensor normal = Tensor.randn(rng, x.dtype(), rows, columns);
        Tensor lines = rows < columns ? normal : normal.t();
        double[] vectors = lines.toDoubles();
        orthonormalize(vectors, Math.min(rows, columns), Math.max(rows, columns));
        Tensor q = Tensor.of((Object) vectors, x.dtype()).reshape(lines.shape().sizes());
        return x.copyInPlace(
                (rows < columns ? q : q.t()).reshape(x.shape().sizes()).mul(gain));
    }

    /**
     * Gram and Schmidt's method, each vector twice, which is as accurate as Householder's. It is the QR decomposition whose
     * R has a positive diagonal; the one that makes Q uniformly distributed (Mezzadri, "How to generate random matrices
     * from the classical compact groups", 2007).
     *
     * @param vectors {@code count} of them, one after the other, each of this length
     */
    private static void orthonormalize(double[] vectors, int count, int length) {
        for (int i = 0; i < count; i++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < i; k++) {
                    double along = dot(vectors, i * length, k * length, length);
                    for (int j = 0; j < length; j++) {
                        vectors[i * length + j] -= along * vectors[k * length + j];
                    }
                }
            }
            double norm = Math.sqrt(dot(vectors, i * length, i * length, length));
            for (int j = 0; j < length; j++) {
                vectors[i * length + j] /= norm;
            }
        }
    }

    private static double dot(double[] x, int a, int b, int length) {
        double sum = 0;
        for (int j = 0; j < length; j++) {
            sum += x[a + j] * x[b + j];
        }
        return sum;
    }
}
