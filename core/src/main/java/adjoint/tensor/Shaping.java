package adjoint.tensor;

import adjoint.op.Cat;
import adjoint.op.Expand;
import adjoint.op.Layouts;
import adjoint.op.Permute;
import adjoint.op.Reshape;
import adjoint.op.Select;
import adjoint.op.Slice;
import adjoint.op.Squeeze;
import adjoint.op.Transpose;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Other shapes of the same elements, and tensors put together. */
final class Shaping {
    private Shaping() {}

    /** The shape meant by sizes of which one may be −1: what is left over. */
    static Shape infer(Tensor x, long... sizes) {
        long known = 1;
        int unknown = -1;
        for (int d = 0; d < sizes.length; d++) {
            if (sizes[d] != -1) {
                known *= sizes[d];
            } else if (unknown >= 0) {
                throw new ShapeException("reshape: " + x.shape() + " to " + Arrays.toString(sizes)
                        + ": two sizes are -1. Only one can be computed from the rest.");
            } else {
                unknown = d;
            }
        }
        long[] full = sizes.clone();
        if (unknown >= 0) {
            if (known == 0) {
                throw new ShapeException("reshape: " + x.shape() + " to " + Arrays.toString(sizes)
                        + ": with a size of 0 the -1 could be anything. Give it a number.");
            }
            full[unknown] = known > 0 && x.numel() % known == 0 ? x.numel() / known : -1;
        }
        long product = 1;
        for (long size : full) {
            product *= size;
        }
        if (product != x.numel() || (unknown >= 0 && full[unknown] < 0)) {
            throw new ShapeException("reshape: " + x.shape() + " to " + Arrays.toString(sizes) + ": " + x.numel()
                    + " elements do not fill that shape. Give sizes whose product is " + x.numel() + ".");
        }
        return Shape.of(full);
    }

    static Tensor reshape(Tensor x, long... sizes) {
        Shape to = infer(x, sizes);
        if (to.equals(x.shape())) {
            // PyTorch gives a view here too; the same tensor would do, but for writes into it.
            return x.reshapeView(to);
        }
        if (Layouts.reshape(x.value(), to) != null) {
            return x.reshapeView(to);
        }
        return x.clone().reshapeView(to).named("UnsafeViewBackward0");
    }

    static Tensor view(Tensor x, long... sizes) {
        Shape to = infer(x, sizes);
        if (Layouts.reshape(x.value(), to) == null) {
            throw new ShapeException("view: " + x.shape() + " with strides "
                    + Arrays.toString(x.value().strides()) + " as " + to
                    + ": the elements do not lie so that no copy is needed. Use reshape.");
        }
        return x.reshapeView(to);
    }

    static Tensor reshapeView(Tensor x, Shape to) {
        return Engine.view(new Reshape(x.shape(), to), x);
    }

    static Tensor permute(Tensor x, int... order) {
        int rank = x.shape().rank();
        List<Integer> dims = new ArrayList<>();
        for (int d : order) {
            dims.add(x.shape().dim(d));
        }
        if (order.length != rank || dims.stream().distinct().count() != rank) {
            throw new ShapeException("permute: " + x.shape() + " by " + Arrays.toString(order)
                    + ": every dimension has to be named once. Name 0 to " + (rank - 1) + " in the wanted order.");
        }
        return Engine.view(new Permute(List.copyOf(dims)), x);
    }

    static Tensor transpose(Tensor x, String gradName, int a, int b) {
        if (x.shape().rank() == 0 && a >= -1 && a <= 0 && b >= -1 && b <= 0) {
            return reshapeView(x, x.shape()).named(gradName);
        }
        return Engine.view(new Transpose(x.shape().dim(a), x.shape().dim(b), gradName), x);
    }

    static Tensor expand(Tensor x, long... sizes) {
        Shape from = x.shape();
        long[] full = sizes.clone();
        int extra = sizes.length - from.rank();
        boolean fits = extra >= 0;
        for (int d = 0; fits && d < full.length; d++) {
            long own = d < extra ? 1 : from.size(d - extra);
            if (full[d] == -1 && d >= extra) {
                full[d] = own;
            }
            fits = full[d] == own || (own == 1 && full[d] >= 0);
        }
        if (!fits) {
            throw new ShapeException("expand: " + from + " to " + Arrays.toString(sizes)
                    + ": only sizes of 1 and new dimensions at the left can grow. Unsqueeze or repeat instead.");
        }
        Shape to = Shape.of(full);
        return Engine.view(new Expand(from, to), x);
    }

    static Tensor squeeze(Tensor x) {
        long[] sizes = Arrays.stream(x.shape().sizes()).filter(s -> s != 1).toArray();
        return Engine.view(new Squeeze(x.shape(), Shape.of(sizes), "squeeze", "SqueezeBackward0"), x);
    }

    static Tensor squeeze(Tensor x, int dim) {
        if (x.shape().rank() == 0 && (dim == 0 || dim == -1)) {
            return squeeze(x);
        }
        int at = x.shape().dim(dim);
        long[] sizes = x.shape().sizes();
        if (sizes[at] == 1) {
            long[] fewer = new long[sizes.length - 1];
            System.arraycopy(sizes, 0, fewer, 0, at);
            System.arraycopy(sizes, at + 1, fewer, at, fewer.length - at);
            sizes = fewer;
        }
        return Engine.view(new Squeeze(x.shape(), Shape.of(sizes), "squeeze", "SqueezeBackward1"), x);
    }

    static Tensor unsqueeze(Tensor x, int dim) {
        int rank = x.shape().rank();
        if (dim < -rank - 1 || dim > rank) {
            throw new IndexException("unsqueeze: dimension " + dim + " of shape " + x.shape()
                    + ": there is no such place for a new dimension. Use " + (-rank - 1) + " to " + rank + ".");
        }
        int at = dim < 0 ? dim + rank + 1 : dim;
        long[] sizes = new long[rank + 1];
        System.arraycopy(x.shape().sizes(), 0, sizes, 0, at);
        sizes[at] = 1;
        System.arraycopy(x.shape().sizes(), at, sizes, at + 1, rank - at);
        return Engine.view(new Squeeze(x.shape(), Shape.of(sizes), "unsqueeze", "UnsqueezeBackward0"), x);
    }

    static Tensor select(Tensor x, int dim, long index) {
        int at = x.shape().dim(dim);
        long size = x.shape().size(at);
        if (index < -size || index >= size) {
            throw new IndexException("select: index " + index + " in dimension " + at + " of shape " + x.shape()
                    + ": there are " + size + " elements. "
                    + (size == 0 ? "Check for an empty tensor first." : "Use " + -size + " to " + (size - 1) + "."));
        }
        return Engine.view(new Select(x.shape(), at, index < 0 ? index + size : index), x);
    }

    static Tensor slice(Tensor x, int dim, long start, long end, long step) {
        int at = x.shape().dim(dim);
        if (step <= 0) {
            throw new IndexException("slice: step " + step + ": it must be positive. For a reversed order index with"
                    + " a list of positions.");
        }
        long size = x.shape().size(at);
        long from = Math.clamp(start < 0 ? start + size : start, 0, size);
        long to = Math.clamp(end < 0 ? end + size : end, from, size);
        return Engine.view(new Slice(x.shape(), at, from, to == from ? 0 : (to - from - 1) / step + 1, step), x);
    }

    static Tensor cat(int dim, List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new ShapeException("cat: of no tensors: the result would have no shape. Give at least one.");
        }
        DType type = parts.getFirst().dtype();
        for (Tensor t : parts) {
            type = DType.promote(type, t.dtype());
        }
        // As PyTorch: empty vectors are passed over where the others are no vectors.
        boolean vectors = parts.stream().allMatch(t -> t.shape().rank() == 1);
        List<Tensor> real = parts.stream()
                .filter(t -> vectors || !t.shape().equals(Shape.of(0)))
                .toList();
        List<Tensor> empty = vectors
                ? List.of()
                : parts.stream().filter(t -> t.shape().equals(Shape.of(0))).toList();
        Shape first = real.getFirst().shape();
        if (first.rank() == 0) {
            throw new ShapeException("cat: of single numbers: they have no dimension to lie along. Use stack.");
        }
        int at = first.dim(dim);
        long[] sizes = first.sizes();
        sizes[at] = 0;
        for (Tensor t : real) {
            long[] own = t.shape().sizes();
            boolean fits = own.length == sizes.length;
            for (int d = 0; fits && d < own.length; d++) {
                fits = d == at || own[d] == sizes[d];
            }
            if (!fits) {
                throw new ShapeException("cat: " + first + " and " + t.shape() + " along dimension " + at
                        + ": the other sizes differ. Only the one along which they are laid may.");
            }
            sizes[at] += own[at];
        }
        DType common = type;
        // The empty ones add nothing but their place in the graph.
        long[] nothing = sizes.clone();
        nothing[at] = 0;
        Tensor[] inputs = Stream.concat(real.stream(), empty.stream().map(t -> t.reshape(nothing)))
                .map(t -> t.to(common))
                .toArray(Tensor[]::new);
        List<Shape> shapes = Arrays.stream(inputs).map(Tensor::shape).toList();
        return Engine.run(new Cat(shapes, at, Shape.of(sizes)), inputs);
    }

    static Tensor stack(int dim, List<Tensor> parts) {
        for (Tensor t : parts) {
            if (!t.shape().equals(parts.getFirst().shape())) {
                throw new ShapeException("stack: " + parts.getFirst().shape() + " and " + t.shape()
                        + ": the shapes differ. Stack takes equal ones; cat joins along a dimension there is.");
            }
        }
        if (parts.isEmpty()) {
            throw new ShapeException("stack: of no tensors: the result would have no shape. Give at least one.");
        }
        int rank = parts.getFirst().shape().rank();
        int at = dim < 0 ? dim + rank + 1 : dim;
        return cat(at, parts.stream().map(t -> t.unsqueeze(dim)).toList()).named("StackBackward0");
    }
}
