package adjoint.tensor;

import adjoint.op.Dims;
import adjoint.op.Dot;
import adjoint.op.MatMul;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
            return Engine.run(new MatMul(Shape.of(a.shape().size(0), b.shape().size(1)), isTurned(b)), a, b);
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
                new MatMul(Shape.of(append(batch, m, n)), isTurned(right)),
                left.expand(append(batch, m, k)),
                right.expand(append(batch, k, n)));
    }

    /** Whether the columns of matrices lie along memory; what a transform has lifted counts as in order. */
    private static boolean isTurned(Tensor matrices) {
        if (matrices instanceof Lifted) {
            return false;
        }
        int rank = matrices.shape().rank();
        return matrices.value().stride(rank - 2) == 1 && matrices.value().stride(rank - 1) > 1;
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

    private static void ranks(String name, Tensor a, int p, Tensor b, int q) {
        if (a.shape().rank() != p || b.shape().rank() != q) {
            throw new ShapeException(name + ": " + a.shape() + " × " + b.shape() + ": it takes tensors of " + p
                    + " and " + q + " dimensions. Use matmul, which takes all ranks.");
        }
    }

    /** The matrix product of operands of given ranks. */
    static Tensor ranked(String name, Tensor a, int p, Tensor b, int q) {
        ranks(name, a, p, b, q);
        return matmul(a, b);
    }

    /** {@code beta · x + alpha · product}; where beta is 0, what x holds does not matter, be it NaN. */
    static Tensor scaled(String name, Tensor x, Tensor product, double beta, double alpha) {
        if (!product.shape().equals(Shape.broadcast(x.shape(), product.shape()))) {
            throw new ShapeException(name + ": a product of shape " + product.shape() + " added to " + x.shape()
                    + ": that does not broadcast to the product's shape. Reshape the tensor that is added to.");
        }
        Tensor right = alpha == 1 ? product : times(product, alpha);
        if (beta == 0) {
            Tensor nothing = Tensor.zeros(DType.BOOL, 1);
            return right.add(Tensor.where(nothing, x, Tensor.zerosLike(x)));
        }
        return (beta == 1 ? x : times(x, beta)).add(right);
    }

    private static Tensor times(Tensor x, double factor) {
        boolean whole = !x.dtype().isFloating() && factor == (long) factor;
        return whole ? x.mul((long) factor) : x.mul(factor);
    }

    static Tensor outer(Tensor a, Tensor b) {
        ranks("outer", a, 1, b, 1);
        return a.unsqueeze(1).mul(b.unsqueeze(0));
    }

    static Tensor inner(Tensor a, Tensor b) {
        if (a.shape().rank() == 0 || b.shape().rank() == 0) {
            return a.mul(b);
        }
        return tensordot("inner", a, b, new int[] {-1}, new int[] {-1});
    }

    static Tensor tensordot(Tensor a, Tensor b, int count) {
        int p = a.shape().rank();
        if (count < 0 || count > p || count > b.shape().rank()) {
            throw new ShapeException("tensordot: " + a.shape() + " × " + b.shape() + " over " + count
                    + " dimensions: both must have so many. Give fewer, or name the dimensions.");
        }
        int[] last = new int[count];
        int[] first = new int[count];
        Arrays.setAll(last, d -> p - count + d);
        Arrays.setAll(first, d -> d);
        return tensordot("tensordot", a, b, last, first);
    }

    static Tensor tensordot(String name, Tensor a, Tensor b, int[] left, int[] right) {
        Dims overLeft = left.length == 0 ? null : Dims.of(a.shape(), left);
        Dims overRight = right.length == 0 ? null : Dims.of(b.shape(), right);
        boolean fits = left.length == right.length;
        for (int d = 0; fits && d < left.length; d++) {
            fits = a.size(left[d]) == b.size(right[d]);
        }
        if (!fits) {
            throw new ShapeException(name + ": " + a.shape() + " over " + Arrays.toString(left) + " × " + b.shape()
                    + " over " + Arrays.toString(right) + ": these dimensions differ. Name pairs of equal size.");
        }
        int[] freeLeft = free(a.shape().rank(), a.shape(), left);
        int[] freeRight = free(b.shape().rank(), b.shape(), right);
        Shape rows = overLeft == null ? a.shape() : overLeft.removed(a.shape());
        Shape columns = overRight == null ? b.shape() : overRight.removed(b.shape());
        long inner = overLeft == null ? 1 : overLeft.count(a.shape());
        Tensor x = a.permute(joined(freeLeft, left)).reshape(rows.numel(), inner);
        Tensor y = b.permute(joined(right, freeRight)).reshape(inner, columns.numel());
        return x.matmul(y).reshape(joined(rows.sizes(), columns.sizes()));
    }

    private static int[] free(int rank, Shape shape, int[] taken) {
        return IntStream.range(0, rank)
                .filter(d -> Arrays.stream(taken).noneMatch(t -> shape.dim(t) == d))
                .toArray();
    }

    private static int[] joined(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    private static long[] joined(long[] a, long[] b) {
        return LongStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    static Tensor kron(Tensor a, Tensor b) {
        int rank = Math.max(a.shape().rank(), b.shape().rank());
        long[] left = new long[2 * rank];
        long[] right = new long[2 * rank];
        long[] sizes = new long[rank];
        for (int d = 0; d < rank; d++) {
            left[2 * d] = padded(a, d, rank);
            left[2 * d + 1] = 1;
            right[2 * d] = 1;
            right[2 * d + 1] = padded(b, d, rank);
            sizes[d] = left[2 * d] * right[2 * d + 1];
        }
        return a.reshape(left).mul(b.reshape(right)).reshape(sizes);
    }

    private static long padded(Tensor x, int d, int rank) {
        int own = d - (rank - x.shape().rank());
        return own < 0 ? 1 : x.size(own);
    }

    static Tensor cross(Tensor a, Tensor b, int dim) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        if (shape == null
                || shape.rank() == 0
                || shape.size(dim) != 3
                || a.shape().rank() != b.shape().rank()) {
            throw new ShapeException("cross: " + a.shape() + " × " + b.shape() + " along dimension " + dim
                    + ": it takes vectors of 3 numbers. Choose the dimension that holds them.");
        }
        return turned(a, dim, 1).mul(turned(b, dim, 2)).sub(turned(a, dim, 2).mul(turned(b, dim, 1)));
    }

    private static Tensor turned(Tensor x, int dim, long by) {
        return Tensor.cat(dim, x.slice(dim, by, 3), x.slice(dim, 0, by));
    }

    static Tensor trace(Tensor x) {
        if (x.shape().rank() != 2) {
            throw new ShapeException(
                    "trace: of a tensor of shape " + x.shape() + ": it takes a matrix. Select one of them.");
        }
        return Reductions.diagonal(x).sum();
    }

    /** The product of a chain, associated so that the fewest numbers are multiplied (Cormen et al., chapter 14.2). */
    static Tensor multiDot(Tensor... chain) {
        int n = chain.length;
        if (n < 2) {
            throw new ShapeException("multiDot: of " + n + " tensors: a product needs two. Give more.");
        }
        boolean row = chain[0].shape().rank() == 1;
        boolean column = chain[n - 1].shape().rank() == 1;
        Tensor[] parts = chain.clone();
        parts[0] = row ? chain[0].unsqueeze(0) : chain[0];
        parts[n - 1] = column ? chain[n - 1].unsqueeze(1) : chain[n - 1];
        for (int i = 1; i < n; i++) {
            ranks("multiDot", parts[i - 1], 2, parts[i], 2);
            checkInner(parts[i - 1], parts[i], parts[i - 1].size(1), parts[i].size(0));
        }
        int[][] cuts = cuts(parts);
        Tensor product = product(parts, cuts, 0, n - 1);
        product = row ? product.squeeze(0) : product;
        return column ? product.squeeze(-1) : product;
    }

    private static int[][] cuts(Tensor[] parts) {
        int n = parts.length;
        double[][] cost = new double[n][n];
        int[][] cut = new int[n][n];
        for (int length = 1; length < n; length++) {
            for (int i = 0; i + length < n; i++) {
                int j = i + length;
                cost[i][j] = Double.POSITIVE_INFINITY;
                for (int k = i; k < j; k++) {
                    double own = (double) parts[i].size(0) * parts[k].size(1) * parts[j].size(1);
                    double all = cost[i][k] + cost[k + 1][j] + own;
                    if (all < cost[i][j]) {
                        cost[i][j] = all;
                        cut[i][j] = k;
                    }
                }
            }
        }
        return cut;
    }

    private static Tensor product(Tensor[] parts, int[][] cuts, int from, int to) {
        if (from == to) {
            return parts[from];
        }
        int cut = cuts[from][to];
        return product(parts, cuts, from, cut).matmul(product(parts, cuts, cut + 1, to));
    }
}
