package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.ejml.data.DMatrixRMaj;

/** What all operations on batches of matrices, {@code [..., m, n]}, share: checks, shapes, and the loop over the batch. */
final class Matrices {
    private Matrices() {}

    /** Refuses integers and truth values. */
    static Tensor real(String name, Tensor a) {
        if (!a.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + a.dtype()
                    + " tensor: the result is real numbers. Convert it with to(DType.F64).");
        }
        return a;
    }

    /** Refuses what is no real matrix {@code [..., m, n]}. */
    static Tensor matrix(String name, Tensor a) {
        if (real(name, a).shape().rank() < 2) {
            throw new ShapeException(name + ": of a tensor of shape " + a.shape()
                    + ": it takes matrices [..., m, n]. Give a vector a second dimension with unsqueeze.");
        }
        return a;
    }

    /** Refuses what is no square matrix {@code [..., n, n]}, of whatever type. */
    static Tensor square(String name, Tensor a) {
        Shape shape = a.shape();
        if (shape.rank() < 2 || shape.size(-1) != shape.size(-2)) {
            throw new ShapeException(name + ": of a tensor of shape " + shape
                    + ": it takes square matrices [..., n, n]. For others there are pinv and lstsq.");
        }
        return a;
    }

    /** Refuses what is no real square matrix. */
    static Tensor realSquare(String name, Tensor a) {
        return square(name, real(name, a));
    }

    /** Refuses two tensors of different types, or of integers. */
    static void sameType(String name, Tensor a, Tensor b) {
        if (real(name, a).dtype() != real(name, b).dtype()) {
            throw new DTypeException(
                    name + ": " + a.dtype() + " and " + b.dtype() + ": the types differ. Convert one with to(...).");
        }
    }

    /** The dimensions before the last {@code own}. */
    static Shape leading(Shape shape, int own) {
        return Shape.of(Arrays.copyOf(shape.sizes(), shape.rank() - own));
    }

    /** The dimensions before a matrix's two. */
    static Shape leading(Tensor x) {
        return leading(x.shape(), 2);
    }

    /** Dimensions that lead, and an operand's own. */
    static long[] joined(Shape batch, long... own) {
        long[] sizes = Arrays.copyOf(batch.sizes(), batch.rank() + own.length);
        System.arraycopy(own, 0, sizes, batch.rank(), own.length);
        return sizes;
    }

    /** As many matrices as the batch has, without copying. */
    static Tensor spread(Tensor x, Shape batch) {
        return x.expand(joined(batch, x.size(-2), x.size(-1)));
    }

    /** The number of rows and columns of the smaller side. */
    static long side(Tensor a) {
        return Math.min(a.size(-2), a.size(-1));
    }

    /** The unit matrix. */
    static Tensor unit(long n, DType dtype) {
        return Tensor.eye(n).to(dtype);
    }

    /** A number for each matrix, as something that multiplies the whole of it. */
    static Tensor each(Tensor numbers) {
        return numbers.unsqueeze(-1).unsqueeze(-1);
    }

    /** Calls for the number of each member of a batch whose members have {@code own} dimensions. */
    static void each(Shape shape, int own, IntConsumer body) {
        long count = leading(shape, own).numel();
        for (int i = 0; i < count; i++) {
            body.accept(i);
        }
    }

    /** A copy of the {@code i}-th matrix of row-major {@code m × n} ones. */
    static DMatrixRMaj copy(double[] a, int i, int m, int n) {
        return DMatrixRMaj.wrap(m, n, Arrays.copyOfRange(a, i * m * n, (i + 1) * m * n));
    }

    /** A copy of the {@code i}-th {@code n × n} matrix that mirrors the lower triangle, which alone is read. */
    static DMatrixRMaj mirrored(double[] a, int i, int n) {
        DMatrixRMaj copy = copy(a, i, n, n);
        for (int r = 0; r < n; r++) {
            for (int c = r + 1; c < n; c++) {
                copy.data[r * n + c] = copy.data[c * n + r];
            }
        }
        return copy;
    }

    static boolean isFinite(DMatrixRMaj a) {
        for (double x : a.data) {
            if (!Double.isFinite(x)) {
                return false;
            }
        }
        return true;
    }
}
