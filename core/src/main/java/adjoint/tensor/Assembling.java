package adjoint.tensor;

import adjoint.op.AsStrided;
import adjoint.op.Diagonal;
import adjoint.op.Select;
import adjoint.op.Slice;
import adjoint.op.ViewOp;
import adjoint.op.ViewScatter;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Tensors with others put into them, beside them, or chosen from them in all ways. */
final class Assembling {
    private Assembling() {}

    // ---------------------------------------------------------------- parts replaced

    private static Tensor replaced(String name, Tensor x, Tensor source, ViewOp part, Shape shape, String gradName) {
        if (!source.shape().equals(shape)) {
            throw new ShapeException(name + ": " + source.shape() + " into " + x.shape() + ": the part is " + shape
                    + ". Reshape or expand the source.");
        }
        return Engine.run(new ViewScatter(List.of(part), gradName), x, source.to(x.dtype()));
    }

    static Tensor selectScatter(Tensor x, Tensor source, int dim, long index) {
        int at = x.shape().dim(dim);
        long size = x.size(at);
        if (index < -size || index >= size) {
            throw new IndexException("selectScatter: position " + index + " in dimension " + at + " of shape "
                    + x.shape() + ": there are " + size + ". Use " + -size + " to " + (size - 1) + ".");
        }
        var part = new Select(x.shape(), at, index < 0 ? index + size : index);
        return replaced("selectScatter", x, source, part, x.select(at, index).shape(), "SelectScatterBackward0");
    }

    static Tensor sliceScatter(Tensor x, Tensor source, int dim, long start, long end, long step) {
        int at = x.shape().dim(dim);
        Shape shape = x.slice(at, start, end, step).shape();
        long size = x.size(at);
        long from = Math.clamp(start < 0 ? start + size : start, 0, size);
        var part = new Slice(x.shape(), at, from, shape.size(at), step);
        return replaced("sliceScatter", x, source, part, shape, "SliceScatterBackward0");
    }

    static Tensor diagonalScatter(Tensor x, Tensor source, long offset, int dim1, int dim2) {
        Shape shape = x.diagonal(offset, dim1, dim2).shape();
        var part =
                new Diagonal(x.shape(), offset, x.shape().dim(dim1), x.shape().dim(dim2));
        return replaced("diagonalScatter", x, source, part, shape, "DiagonalScatterBackward0");
    }

    static Tensor asStridedScatter(Tensor x, Tensor source, long[] sizes, long[] strides, long start) {
        Shape shape = x.asStrided(sizes, strides, start).shape();
        var part =
                new AsStrided(x.shape(), shape, LongStream.of(strides).boxed().toList(), start);
        return replaced("asStridedScatter", x, source, part, shape, "AsStridedScatterBackward0");
    }

    // ---------------------------------------------------------------- put together

    static Tensor blockDiag(List<Tensor> blocks) {
        if (blocks.isEmpty()) {
            return Tensor.zeros(1, 0);
        }
        DType type = blocks.getFirst().dtype();
        long width = 0;
        for (Tensor t : blocks) {
            if (t.shape().rank() > 2) {
                throw new ShapeException("blockDiag: of a tensor of shape " + t.shape()
                        + ": blocks are matrices, vectors (of one row) or numbers. Reshape it.");
            }
            type = DType.promote(type, t.dtype());
            width += t.atLeast2d().size(1);
        }
        List<Tensor> rows = new ArrayList<>();
        long before = 0;
        for (Tensor t : blocks) {
            Tensor block = t.atLeast2d().to(type);
            long height = block.size(0);
            long after = width - before - block.size(1);
            rows.add(Tensor.cat(1, Tensor.zeros(type, height, before), block, Tensor.zeros(type, height, after)));
            before += block.size(1);
        }
        return Tensor.cat(0, rows);
    }

    static Tensor combinations(Tensor x, int r, boolean again) {
        if (x.shape().rank() != 1 || r < 0) {
            throw new ShapeException("combinations: of " + r + " of shape " + x.shape()
                    + ": they are 0 or more elements of a vector. Flatten it.");
        }
        if (r == 0) {
            return Tensor.zeros(x.dtype(), 0);
        }
        int n = (int) x.numel();
        List<int[]> found = new ArrayList<>();
        int[] at = new int[r];
        if (!again) {
            Arrays.setAll(at, i -> i);
        }
        while (at[r - 1] < n) {
            found.add(at.clone());
            int i = r - 1;
            while (i > 0 && at[i] == (again ? n - 1 : n - r + i)) {
                i--;
            }
            at[i]++;
            for (int j = i + 1; j < r; j++) {
                at[j] = again ? at[i] : at[j - 1] + 1;
            }
            if (i == 0 && at[0] > (again ? n - 1 : n - r)) {
                break;
            }
        }
        long[] positions = found.stream()
                .flatMapToLong(f -> Arrays.stream(f).asLongStream())
                .toArray();
        return x.indexSelect(0, Tensor.of(positions)).reshape(found.size(), r);
    }

    static List<Tensor> split(String name, Tensor x, long[] places, int dim) {
        checkRank(name, x);
        return Rearranging.tensorSplit(x, places, dim);
    }

    static List<Tensor> split(String name, Tensor x, long sections, int dim) {
        checkRank(name, x);
        return Rearranging.evenSplit(name, x, sections, dim);
    }

    private static void checkRank(String name, Tensor x) {
        int least = name.startsWith("h") ? 1 : name.startsWith("v") ? 2 : 3;
        if (x.shape().rank() < least) {
            throw new ShapeException(name + ": of shape " + x.shape() + ": it has " + least
                    + " dimensions or more. Unsqueeze it, or use tensorSplit.");
        }
    }
}
