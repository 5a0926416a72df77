package adjoint.tensor;

import adjoint.op.Dot;
import adjoint.op.MatMul;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.Arrays;

/** Products of vectors and (batches of) matrices, by PyTorch's rules for ranks. */
final class Products {
    private Products() {}

    static Tensor dot(Tensor a, Tensor b) {
        if (a.shape().rank() != 1 || b.shape().rank() != 1 || !a.shape().equals(b.shape())) {
            throw new ShapeException("dot: " + a.shape() + " · " + b.shape()
                    + ": it takes two vectors of one length. For other ranks use matmul, or mul(...).sum().");
        }
        check("dot", a, b);
        return Engine.run(Dot.DOT, a, b);
    }

    private static void check(String name, Tensor a, Tensor b) {
        if (a.dtype() != b.dtype() || a.dtype() == DType.BOOL) {
            throw new DTypeException(name + ": " + a.dtype() + " × " + b.dtype() + ": "
                    + (a.dtype() == b.dtype() ? "truth values have no products" : "the types differ")
                    + ". Convert with to(...).");
        }
    }

    static Tensor matmul(Tensor a, Tensor b) {
        int p = a.shape().rank();
        int q = b.shape().rank();
        if (p == 0 || q == 0) {
            throw new ShapeException("matmul: " + a.shape() + " × " + b.shape()
                    + ": a single number is no matrix. Use mul for a product with a number.");
        }
        check("matmul", a, b);
        if (p == 1 && q == 1) {
            checkInner(a, b, a.shape().size(0), b.shape().size(0));
            return Engine.run(Dot.DOT, a, b);
        }
        long inner = a.shape().size(-1);
        checkInner(a, b, inner, b.shape().size(q == 1 ? 0 : -2));
        if (p == 2 && q == 2) {
            return Engine.run(new MatMul(Shape.of(a.shape().size(0), b.shape().size(1))), a, b);
        }
        Tensor left = p == 1 ? a.unsqueeze(0) : a;
        Tensor right = q == 1 ? b.unsqueeze(1) : b;
        Tensor out = batched(a, b, left, right);
        if (q == 1) {
            out = out.squeeze(-1);
            return p == 2 ? out.named("MvBackward0") : out;
        }
        return p == 1 ? out.squeeze(-2).named("SqueezeBackward4") : out;
    }

    private static void checkInner(Tensor a, Tensor b, long left, long right) {
        if (left != right) {
            throw new ShapeException("matmul: " + a.shape() + " × " + b.shape() + ": inner sizes differ (" + left
                    + " and " + right + "). Transpose one side, or check the layer's inFeatures.");
        }
    }

    private static Tensor batched(Tensor a, Tensor b, Tensor left, Tensor right) {
        Shape batch = Shape.broadcast(leading(left.shape()), leading(right.shape()));
        if (batch == null) {
            throw new ShapeException("matmul: " + a.shape() + " × " + b.shape() + ": the leading dimensions "
                    + leading(left.shape()) + " and " + leading(right.shape())
                    + " do not broadcast. Reshape or unsqueeze one side.");
        }
        long m = left.shape().size(-2);
        long k = left.shape().size(-1);
        long n = right.shape().size(-1);
        if (right.shape().rank() == 2 && left.shape().rank() > 2) {
            // One right-hand matrix for all: a single product of a tall matrix.
            Tensor tall = left.reshape(batch.numel() * m, k);
            return tall.matmul(right).reshape(append(batch, m, n)).named("UnsafeViewBackward0");
        }
        return Engine.run(
                new MatMul(Shape.of(append(batch, m, n))),
                left.expand(append(batch, m, k)),
                right.expand(append(batch, k, n)));
    }

    private static Shape leading(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.sizes(), shape.rank() - 2));
    }

    private static long[] append(Shape batch, long m, long n) {
        long[] sizes = Arrays.copyOf(batch.sizes(), batch.rank() + 2);
        sizes[sizes.length - 2] = m;
        sizes[sizes.length - 1] = n;
        return sizes;
    }
}
