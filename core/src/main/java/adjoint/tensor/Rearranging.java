package adjoint.tensor;

import adjoint.op.AsStrided;
import adjoint.op.Diagonal;
import adjoint.op.Flip;
import adjoint.op.Part;
import adjoint.op.Select;
import adjoint.op.Slice;
import adjoint.op.ViewScatter;
import adjoint.op.Windows;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Tensors taken apart, turned, repeated and joined: composed of a few views. */
final class Rearranging {
    private Rearranging() {}

    // ---------------------------------------------------------------- parts

    static Tensor narrow(Tensor x, int dim, long start, long length) {
        int at = x.shape().dim(dim);
        long size = x.shape().size(at);
        long from = start < 0 ? start + size : start;
        if (length < 0 || from < 0 || from + length > size) {
            throw new IndexException("narrow: " + length + " positions from " + start + " on in dimension " + at
                    + " of shape " + x.shape() + ": there are " + size + ". Start earlier or take fewer.");
        }
        return x.slice(at, from, from + length);
    }

    private static int line(String name, Tensor x, int dim) {
        if (x.shape().rank() == 0) {
            throw new ShapeException(name + ": of a single number: there is nothing to divide. Reshape it to [1].");
        }
        return x.shape().dim(dim);
    }

    static List<Tensor> split(Tensor x, long size, int dim) {
        int at = line("split", x, dim);
        long all = x.shape().size(at);
        if (size < 0 || (size == 0 && all > 0)) {
            throw new ShapeException("split: " + x.shape() + " into parts of " + size
                    + ": that many do not make a part. Give a positive size.");
        }
        long count = all == 0 ? 1 : (all + size - 1) / size;
        long[] sizes = new long[(int) count];
        Arrays.fill(sizes, size);
        sizes[sizes.length - 1] = all - size * (count - 1);
        return parts(x, sizes, at, "split");
    }

    static List<Tensor> split(Tensor x, long[] sizes, int dim) {
        int at = line("split", x, dim);
        if (LongStream.of(sizes).anyMatch(s -> s < 0)
                || LongStream.of(sizes).sum() != x.shape().size(at)) {
            throw new ShapeException(
                    "split: " + x.shape() + " into parts of " + Arrays.toString(sizes) + " along dimension " + at
                            + ": they do not add up to " + x.shape().size(at) + ". Change one.");
        }
        return parts(x, sizes, at, "split_with_sizes");
    }

    private static List<Tensor> parts(Tensor x, long[] sizes, int dim, String name) {
        List<Tensor> parts = new ArrayList<>();
        long start = 0;
        for (long size : sizes) {
            parts.add(Engine.view(new Part(new Slice(x.shape(), dim, start, size, 1), name), x));
            start += size;
        }
        return List.copyOf(parts);
    }

    private static void checkCount(String name, long count) {
        if (count <= 0) {
            throw new ShapeException(name + ": into " + count + " parts: there has to be one. Give a positive number.");
        }
    }

    static List<Tensor> chunk(Tensor x, long chunks, int dim) {
        checkCount("chunk", chunks);
        int at = line("chunk", x, dim);
        long all = x.shape().size(at);
        if (all == 0) {
            return parts(x, new long[(int) chunks], at, "split_with_sizes");
        }
        return split(x, (all + chunks - 1) / chunks, at);
    }

    static List<Tensor> tensorSplit(Tensor x, long sections, int dim) {
        checkCount("tensorSplit", sections);
        int at = line("tensorSplit", x, dim);
        long all = x.shape().size(at);
        return LongStream.range(0, sections)
                .mapToObj(i -> {
                    long start = i * (all / sections) + Math.min(i, all % sections);
                    return x.slice(at, start, start + all / sections + (i < all % sections ? 1 : 0));
                })
                .toList();
    }

    static List<Tensor> tensorSplit(Tensor x, long[] places, int dim) {
        int at = line("tensorSplit", x, dim);
        List<Tensor> parts = new ArrayList<>();
        long start = 0;
        for (long place : places) {
            parts.add(x.slice(at, start, place));
            start = place;
        }
        parts.add(x.slice(at, start, x.shape().size(at)));
        return List.copyOf(parts);
    }

    static List<Tensor> evenSplit(String name, Tensor x, long sections, int dim) {
        if (sections <= 0 || x.size(dim) % sections != 0) {
            throw new ShapeException(name + ": " + x.shape() + " into " + sections + " parts along dimension " + dim
                    + ": they would not be equal. Use tensorSplit.");
        }
        return tensorSplit(x, sections, dim);
    }

    static List<Tensor> unbind(Tensor x, int dim) {
        int at = line("unbind", x, dim);
        return LongStream.range(0, x.shape().size(at))
                .mapToObj(i -> Engine.view(new Part(new Select(x.shape(), at, i), "unbind"), x))
                .toList();
    }

    // ---------------------------------------------------------------- dimensions

    static Tensor movedim(Tensor x, int[] from, int[] to) {
        int rank = x.shape().rank();
        Integer[] order = new Integer[rank];
        boolean[] taken = new boolean[rank];
        boolean fits = from.length == to.length;
        for (int i = 0; fits && i < from.length; i++) {
            int source = x.shape().dim(from[i]);
            int target = x.shape().dim(to[i]);
            fits = !taken[source] && order[target] == null;
            taken[source] = true;
            order[target] = source;
        }
        if (!fits) {
            throw new ShapeException("movedim: " + Arrays.toString(from) + " of shape " + x.shape() + " to "
                    + Arrays.toString(to) + ": each has one place. Name as many places as dimensions, none twice.");
        }
        int next = 0;
        for (int d = 0; d < rank; d++) {
            if (order[d] == null) {
                while (taken[next]) {
                    next++;
                }
                order[d] = next++;
            }
        }
        return x.permute(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
    }

    static Tensor flatten(Tensor x, int start, int end) {
        if (x.shape().rank() == 0) {
            return x.reshape(1);
        }
        int first = x.shape().dim(start);
        int last = x.shape().dim(end);
        if (first > last) {
            throw new ShapeException("flatten: dimensions " + start + " to " + end + " of shape " + x.shape()
                    + ": the first comes after the last. Swap them.");
        }
        if (first == last) {
            return x;
        }
        long[] sizes = x.shape().sizes();
        long[] merged = new long[sizes.length - (last - first)];
        System.arraycopy(sizes, 0, merged, 0, first);
        merged[first] = 1;
        for (int d = first; d <= last; d++) {
            merged[first] *= sizes[d];
        }
        System.arraycopy(sizes, last + 1, merged, first + 1, sizes.length - last - 1);
        return x.reshape(merged);
    }

    static Tensor unflatten(Tensor x, int dim, long... sizes) {
        int at = line("unflatten", x, dim);
        // The sizes must fill this very dimension; reshape alone would only see their product with the others.
        long[] inner = Shaping.infer(Tensor.zeros(DType.BOOL, x.shape().size(at)), sizes)
                .sizes();
        long[] own = x.shape().sizes();
        long[] all = new long[own.length - 1 + inner.length];
        System.arraycopy(own, 0, all, 0, at);
        System.arraycopy(inner, 0, all, at, inner.length);
        System.arraycopy(own, at + 1, all, at + inner.length, own.length - at - 1);
        return x.reshape(all);
    }

    static Tensor atLeast(Tensor x, int rank) {
        Tensor y = x;
        if (y.shape().rank() == 0) {
            y = y.reshape(1);
        }
        if (rank >= 2 && y.shape().rank() == 1) {
            y = y.unsqueeze(0);
        }
        return rank >= 3 && y.shape().rank() == 2 ? y.unsqueeze(-1) : y;
    }

    static Tensor squeeze(Tensor x, int... dims) {
        Tensor y = x;
        int[] sorted = Arrays.stream(dims)
                .map(d -> x.shape().rank() == 0 && (d == 0 || d == -1)
                        ? 0
                        : x.shape().dim(d))
                .sorted()
                .toArray();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IndexException("squeeze: dimensions " + Arrays.toString(dims) + " of shape " + x.shape()
                        + ": dimension " + sorted[i] + " is named twice. Name each once.");
            }
        }
        for (int i = sorted.length - 1; i >= 0; i--) {
            y = y.squeeze(sorted[i]);
        }
        return y;
    }

    // ---------------------------------------------------------------- diagonals and windows

    static Tensor diagonal(Tensor x, long offset, int dim1, int dim2) {
        int a = x.shape().dim(dim1);
        int b = x.shape().dim(dim2);
        if (a == b) {
            throw new IndexException("diagonal: of dimensions " + dim1 + " and " + dim2 + " of shape " + x.shape()
                    + ": it runs through two. Name different ones.");
        }
        return Engine.view(new Diagonal(x.shape(), offset, a, b), x);
    }

    static Tensor diag(Tensor x, long offset) {
        return switch (x.shape().rank()) {
            case 1 -> diagEmbed(x, offset);
            case 2 -> diagonal(x, offset, 0, 1).clone();
            default ->
                throw new ShapeException("diag: of shape " + x.shape()
                        + ": it makes a matrix of a vector, or takes its diagonal. Use diagEmbed or diagonal.");
        };
    }

    static Tensor diagEmbed(Tensor x, long offset) {
        int rank = line("diagEmbed", x, -1);
        long n = x.size(-1) + Math.abs(offset);
        long[] sizes = Arrays.copyOf(x.shape().sizes(), rank + 2);
        sizes[rank] = n;
        sizes[rank + 1] = n;
        var part = new Diagonal(Shape.of(sizes), offset, rank, rank + 1);
        return Engine.run(new ViewScatter(List.of(part), "DiagEmbedBackward0"), Tensor.zeros(x.dtype(), sizes), x);
    }

    private static void checkMatrix(String name, Tensor x, int most) {
        if (x.shape().rank() < 2 || x.shape().rank() > most) {
            throw new ShapeException(name + ": of shape " + x.shape()
                    + ": it is about the rows and columns of a matrix. Give it two dimensions.");
        }
    }

    static Tensor tril(Tensor x, long offset) {
        checkMatrix("tril", x, Integer.MAX_VALUE);
        return masked(x, above(x).le(offset));
    }

    static Tensor triu(Tensor x, long offset) {
        checkMatrix("triu", x, Integer.MAX_VALUE);
        return masked(x, above(x).ge(offset));
    }

    /** How far above the diagonal each place of a matrix is. */
    private static Tensor above(Tensor x) {
        return Tensor.arange(x.size(-1)).sub(Tensor.arange(x.size(-2)).unsqueeze(1));
    }

    private static Tensor masked(Tensor x, Tensor inside) {
        return Tensor.where(inside, x, Tensor.scalar(0, x.dtype()));
    }

    static Tensor unfold(Tensor x, int dim, long size, long step) {
        int at =
                x.shape().rank() == 0 && (dim == 0 || dim == -1) ? 0 : x.shape().dim(dim);
        long there = x.shape().rank() == 0 ? 1 : x.shape().size(at);
        if (size < 0 || size > there || step <= 0) {
            throw new ShapeException("unfold: windows of " + size + " every " + step + " in dimension " + dim
                    + " of shape " + x.shape() + ": they do not fit. Give at most " + there + ", and a positive step.");
        }
        return Engine.view(new Windows(x.shape(), at, size, step), x);
    }

    static Tensor asStrided(Tensor x, long[] sizes, long[] strides, long start) {
        long last = start;
        boolean fits = sizes.length == strides.length && start >= 0;
        for (int d = 0; fits && d < sizes.length; d++) {
            fits = strides[d] >= 0;
            last += Math.max(sizes[d] - 1, 0) * strides[d];
        }
        Shape to = Shape.of(sizes);
        if (!fits || !x.isContiguous() || (to.numel() > 0 && last >= x.numel())) {
            throw new ShapeException("asStrided: " + Arrays.toString(sizes) + " with strides "
                    + Arrays.toString(strides) + " from element " + start + " of shape " + x.shape()
                    + ": they name elements that a row-major tensor of that shape does not have."
                    + " Call contiguous(), or take fewer.");
        }
        List<Long> steps = LongStream.of(strides).boxed().toList();
        return Engine.view(new AsStrided(x.shape(), to, steps, start), x);
    }

    // ---------------------------------------------------------------- directions

    static Tensor flip(Tensor x, int... dims) {
        List<Integer> at = new ArrayList<>();
        for (int d : dims) {
            if (x.shape().rank() == 0 && (d == 0 || d == -1)) {
                continue;
            }
            int dim = x.shape().dim(d);
            if (at.contains(dim)) {
                throw new IndexException("flip: dimensions " + Arrays.toString(dims) + " of shape " + x.shape()
                        + ": dimension " + dim + " is named twice. Name each once.");
            }
            at.add(dim);
        }
        return Engine.run(new Flip(List.copyOf(at)), x);
    }

    static Tensor roll(Tensor x, long[] shifts, int[] dims) {
        if (dims.length == 0 && shifts.length == 1) {
            return roll(x.reshape(-1), shifts, new int[] {0}).reshape(x.shape().sizes());
        }
        if (dims.length != shifts.length) {
            throw new ShapeException("roll: by " + Arrays.toString(shifts) + " along " + Arrays.toString(dims)
                    + ": each dimension has its shift. Give as many of both.");
        }
        Tensor y = x;
        for (int i = 0; i < dims.length; i++) {
            int at = x.shape().dim(dims[i]);
            long size = x.shape().size(at);
            long cut = size == 0 ? 0 : Math.floorMod(-shifts[i], size);
            y = cut == 0 ? y : Tensor.cat(at, y.slice(at, cut, size), y.slice(at, 0, cut));
        }
        return y == x ? x.clone() : y;
    }

    static Tensor rot90(Tensor x, long times, int a, int b) {
        int first = x.shape().dim(a);
        int second = x.shape().dim(b);
        if (first == second) {
            throw new IndexException("rot90: in the plane of dimensions " + a + " and " + b + " of shape " + x.shape()
                    + ": a plane has two. Name different ones.");
        }
        return switch ((int) Math.floorMod(times, 4L)) {
            case 1 -> x.flip(second).transpose(first, second);
            case 2 -> x.flip(first, second);
            case 3 -> x.flip(first).transpose(first, second);
            default -> x.clone();
        };
    }

    // ---------------------------------------------------------------- repeated

    static Tensor repeat(Tensor x, long... times) {
        int rank = times.length;
        int missing = rank - x.shape().rank();
        if (missing < 0 || LongStream.of(times).anyMatch(t -> t < 0)) {
            throw new ShapeException("repeat: " + x.shape() + " by " + Arrays.toString(times)
                    + ": it needs a number for each dimension, none negative. Give at least "
                    + x.shape().rank() + ".");
        }
        long[] apart = new long[2 * rank];
        long[] spread = new long[2 * rank];
        long[] joined = new long[rank];
        for (int d = 0; d < rank; d++) {
            long own = d < missing ? 1 : x.shape().size(d - missing);
            apart[2 * d] = 1;
            apart[2 * d + 1] = own;
            spread[2 * d] = times[d];
            spread[2 * d + 1] = own;
            joined[d] = times[d] * own;
        }
        return x.reshape(apart).expand(spread).clone().reshape(joined);
    }

    static Tensor tile(Tensor x, long... times) {
        int missing = x.shape().rank() - times.length;
        if (missing <= 0) {
            return repeat(x, times);
        }
        long[] all = new long[x.shape().rank()];
        Arrays.fill(all, 0, missing, 1);
        System.arraycopy(times, 0, all, missing, times.length);
        return repeat(x, all);
    }

    static Tensor repeatInterleave(Tensor x, long times, int dim) {
        int at = line("repeatInterleave", x, dim);
        if (times < 0) {
            throw new ShapeException("repeatInterleave: " + times + " times: that cannot be done. Give 0 or more.");
        }
        long[] sizes = x.unsqueeze(at + 1).shape().sizes();
        sizes[at + 1] = times;
        long[] joined = x.shape().sizes();
        joined[at] *= times;
        return x.unsqueeze(at + 1).expand(sizes).clone().reshape(joined);
    }

    static Tensor repeatInterleave(Tensor x, Tensor times, int dim) {
        int at = line("repeatInterleave", x, dim);
        if (times.dtype() != DType.I64) {
            throw new DTypeException("repeatInterleave: with " + times.dtype()
                    + " counts: they are int64. Convert them with to(DType.I64).");
        }
        long size = x.shape().size(at);
        if (times.shape().rank() > 1 || (times.numel() != size && times.numel() != 1)) {
            throw new ShapeException("repeatInterleave: counts of shape " + times.shape() + " for dimension " + at
                    + " of shape " + x.shape() + ": each position has its own. Give " + size + " of them.");
        }
        long[] counts = times.expand(size).toLongs();
        if (LongStream.of(counts).anyMatch(c -> c < 0)) {
            throw new ShapeException(
                    "repeatInterleave: counts " + Arrays.toString(counts) + ": one is negative. Give 0 or more.");
        }
        long[] positions = IntStream.range(0, counts.length)
                .boxed()
                .flatMapToLong(i -> LongStream.generate(() -> i).limit(counts[i]))
                .toArray();
        return x.indexSelect(at, Tensor.of(positions));
    }

    // ---------------------------------------------------------------- joined

    static Tensor hstack(List<Tensor> parts) {
        List<Tensor> raised = parts.stream().map(t -> atLeast(t, 1)).toList();
        return Shaping.cat(!raised.isEmpty() && raised.getFirst().shape().rank() == 1 ? 0 : 1, raised);
    }

    static Tensor vstack(List<Tensor> parts) {
        return Shaping.cat(0, parts.stream().map(t -> atLeast(t, 2)).toList());
    }

    static Tensor dstack(List<Tensor> parts) {
        return Shaping.cat(2, parts.stream().map(t -> atLeast(t, 3)).toList());
    }

    static Tensor columnStack(List<Tensor> parts) {
        return Shaping.cat(
                1,
                parts.stream()
                        .map(t -> t.shape().rank() <= 1 ? t.reshape(t.numel(), 1) : t)
                        .toList());
    }

    static List<Tensor> broadcastTensors(List<Tensor> tensors) {
        Shape common = broadcastShapes(tensors.stream().map(Tensor::shape).toList());
        return tensors.stream().map(t -> t.expand(common.sizes())).toList();
    }

    static Shape broadcastShapes(List<Shape> shapes) {
        Shape common = Shape.SCALAR;
        for (Shape s : shapes) {
            Shape both = Shape.broadcast(common, s);
            if (both == null) {
                throw new ShapeException("broadcast: shapes " + shapes
                        + ": aligned at the right, sizes differ and none is 1. Reshape or unsqueeze one of them.");
            }
            common = both;
        }
        return common;
    }

    static List<Tensor> meshgrid(List<Tensor> axes) {
        int rank = axes.size();
        if (rank == 0) {
            throw new ShapeException("meshgrid: of no axes: a grid has one dimension or more. Give a vector for each.");
        }
        long[] sizes = new long[rank];
        for (int d = 0; d < rank; d++) {
            Tensor axis = axes.get(d);
            if (axis.shape().rank() > 1 || axis.dtype() != axes.getFirst().dtype()) {
                throw new ShapeException("meshgrid: of " + axis.dtype() + " of shape " + axis.shape() + ": axes are "
                        + "vectors of one type. Flatten or convert it.");
            }
            sizes[d] = axis.numel();
        }
        return IntStream.range(0, rank)
                .mapToObj(d -> {
                    long[] line = new long[rank];
                    Arrays.fill(line, 1);
                    line[d] = sizes[d];
                    return axes.get(d).reshape(line).expand(sizes);
                })
                .toList();
    }

    static Tensor cartesianProd(List<Tensor> axes) {
        if (axes.size() == 1) {
            return axes.getFirst();
        }
        return Tensor.stack(1, meshgrid(axes).stream().map(t -> t.reshape(-1)).toList());
    }
}
