package adjoint.nn;

import adjoint.op.Linked;
import adjoint.op.Resample;
import adjoint.op.Slice;
import adjoint.op.ViewOp;
import adjoint.op.ViewScatter;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Tensors made larger, or smaller, at their edges. */
final class Paddings {
    private Paddings() {}

    /**
     * A padded copy.
     *
     * @param amounts how many elements are added before and after in the last dimension, then in the last but one, and so
     *     on; negative ones cut off
     */
    static Tensor pad(Tensor x, PadMode mode, double value, long... amounts) {
        int rank = x.shape().rank();
        int padded = amounts.length / 2;
        if (amounts.length % 2 != 0 || padded > rank) {
            throw new ShapeException("pad: " + x.shape() + " by " + Arrays.toString(amounts)
                    + ": there are two numbers for each dimension, the last dimension's first. Give at most " + 2 * rank
                    + " numbers, an even count.");
        }
        for (int i = 0; i < padded; i++) {
            int d = rank - 1 - i;
            if (x.size(d) + amounts[2 * i] + amounts[2 * i + 1] < 0) {
                throw new ShapeException("pad: " + x.shape() + " by " + Arrays.toString(amounts) + ": dimension " + d
                        + " has fewer elements than are cut off. Cut off less.");
            }
        }
        return mode == PadMode.CONSTANT ? constant(x, value, amounts) : mirrored(x, mode, amounts);
    }

    /** What is cut off is cut off first; the rest is written into a tensor of the number. */
    private static Tensor constant(Tensor x, double value, long... amounts) {
        Tensor inner = x;
        long[] sizes = x.shape().sizes();
        long[] starts = new long[sizes.length];
        for (int i = 0; i < amounts.length / 2; i++) {
            int d = sizes.length - 1 - i;
            long before = amounts[2 * i];
            long after = amounts[2 * i + 1];
            inner = inner.slice(d, Math.max(-before, 0), sizes[d] - Math.max(-after, 0));
            sizes[d] += before + after;
            starts[d] = Math.max(before, 0);
        }
        Shape to = Shape.of(sizes);
        List<ViewOp> place = new ArrayList<>();
        Shape at = to;
        for (int d = 0; d < sizes.length; d++) {
            if (inner.size(d) != at.size(d)) {
                var slice = new Slice(at, d, starts[d], inner.size(d), 1);
                place.add(slice);
                long[] next = at.sizes();
                next[d] = inner.size(d);
                at = Shape.of(next);
            }
        }
        return Engine.run(
                new ViewScatter(List.copyOf(place), "ConstantPadNdBackward0"),
                Tensor.full(x.dtype(), value, sizes),
                inner);
    }

    private static Tensor mirrored(Tensor x, PadMode mode, long... amounts) {
        int rank = x.shape().rank();
        int padded = amounts.length / 2;
        if (padded < 1 || padded > 3 || (rank != padded + 1 && rank != padded + 2)) {
            throw new ShapeException("pad: " + x.shape() + " by " + Arrays.toString(amounts) + ", " + mode
                    + ": that goes over the last one to three dimensions, with one for channels and perhaps one for"
                    + " examples before them. Reshape it, or give a pair of numbers for each of them.");
        }
        checkFits(x, mode, amounts);
        Tensor y = x;
        for (int i = 0; i < padded; i++) {
            boolean changes = amounts[2 * i] != 0 || amounts[2 * i + 1] != 0;
            if (changes || (y == x && i == padded - 1)) {
                int d = rank - 1 - i;
                y = along(y, d, positions(mode, x.size(d), amounts[2 * i], amounts[2 * i + 1]), mode, y == x);
            }
        }
        return Engine.named(y, gradName(mode, padded));
    }

    private static Tensor along(Tensor x, int dim, long[] positions, PadMode mode, boolean first) {
        if (!x.dtype().isFloating()) {
            return x.indexSelect(dim, Tensor.of(positions));
        }
        int[][] at = Arrays.stream(positions).mapToObj(p -> new int[] {(int) p}).toArray(int[][]::new);
        double[][] ones = new double[at.length][];
        Arrays.fill(ones, new double[] {1});
        long[] sizes = x.shape().sizes();
        sizes[dim] = at.length;
        var op = new Resample(dim, new Resample.Taps(at, ones), x.shape(), Shape.of(sizes), Resample.Way.READ);
        return Engine.run(first && mode != PadMode.CIRCULAR ? new Linked(op, op.gradName()) : op, x);
    }

    private static String gradName(PadMode mode, int dims) {
        return switch (mode) {
            case REFLECT -> "ReflectionPad" + dims + "DBackward0";
            case REPLICATE -> "ReplicationPad" + dims + "DBackward0";
            default -> "CopySlices";
        };
    }

    private static void checkFits(Tensor x, PadMode mode, long... amounts) {
        for (int i = 0; i < amounts.length / 2; i++) {
            long size = x.size(-1 - i);
            long most = Math.max(amounts[2 * i], amounts[2 * i + 1]);
            long sum = amounts[2 * i] + amounts[2 * i + 1];
            boolean fits = switch (mode) {
                case REFLECT -> most < size && size + sum > 0;
                case CIRCULAR -> most <= size;
                default -> size > 0 && size + sum > 0;
            };
            if (!fits) {
                throw new ShapeException("pad: " + x.shape() + " by " + Arrays.toString(amounts) + ", " + mode
                        + ": a dimension of size " + size + " has "
                        + (mode == PadMode.REFLECT ? Math.max(size - 1, 0) : size)
                        + " elements to " + mode.name().toLowerCase(Locale.ROOT) + ". Pad less, or REPLICATE.");
            }
        }
    }

    /** The position of the element that stands at each place. What comes around comes from what is not cut off. */
    private static long[] positions(PadMode mode, long size, long before, long after) {
        long[] at = new long[Math.toIntExact(size + before + after)];
        long cut = Math.max(-before, 0);
        long left = size - cut - Math.max(-after, 0);
        for (int j = 0; j < at.length; j++) {
            long i = j - before;
            at[j] = switch (mode) {
                case REFLECT -> i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i;
                case REPLICATE -> Math.clamp(i, 0, size - 1);
                default -> cut + Math.floorMod(i - cut, left);
            };
        }
        return at;
    }

    /** A layer's numbers for all sides, of which one may stand for all. */
    static List<Long> sides(String layer, int count, long... padding) {
        if (padding.length != 1 && padding.length != count) {
            throw new ValueException(layer + ": padding " + Arrays.toString(padding) + ": there are " + count
                    + " sides. Give one number for all of them, or " + count + ".");
        }
        return LongStream.range(0, count)
                .map(i -> padding[padding.length == 1 ? 0 : (int) i])
                .boxed()
                .toList();
    }
}
