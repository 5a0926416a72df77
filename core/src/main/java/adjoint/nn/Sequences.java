package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Sequences of several lengths: padded to the same, or packed without padding. PyTorch: {@code torch.nn.utils.rnn}.
 *
 * <pre>{@code
 * var packed = Sequences.packPadded(x, 5, 2, 3);     // x: [5, 3, in]
 * var out = gru.forward(packed);
 * out.output().pad().data();                         // [5, 3, hidden], zeros after each end
 * }</pre>
 */
public final class Sequences {
    private Sequences() {}

    /** Which of a batch's dimensions comes first. */
    public enum Layout {
        /** {@code [steps, n, ...]}. */
        TIME_FIRST,
        /** {@code [n, steps, ...]}. PyTorch: {@code batch_first=True}. */
        BATCH_FIRST
    }

    /** At which end sequences are filled up. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /** Whether sequences may come in any order. */
    public enum Order {
        /** They may: the packed sequence knows how they were. PyTorch: {@code enforce_sorted=False}. */
        ANY,
        /** The longest comes first, and none is longer than the one before; else it is refused. */
        FALLING
    }

    // ---------------------------------------------------------------- padding

    /** Sequences {@code [steps, ...]} beside each other, filled up with zeros: {@code [longest, n, ...]}. */
    public static Tensor pad(List<Tensor> sequences) {
        return pad(sequences, Layout.TIME_FIRST, 0, Side.RIGHT);
    }

    /**
     * Sequences {@code [steps, ...]} beside each other, filled up with a value. PyTorch: {@code pad_sequence}.
     *
     * @throws ShapeException if there is none, or they differ in more than their length
     */
    public static Tensor pad(List<Tensor> sequences, Layout layout, double value, Side side) {
        long longest = longest("pad", sequences);
        Shape element = element(sequences.getFirst());
        List<Tensor> padded = new ArrayList<>();
        for (Tensor s : sequences) {
            long missing = longest - s.size(0);
            if (missing == 0) {
                padded.add(s);
                continue;
            }
            Tensor filling = Tensor.full(s.dtype(), value, with(missing, element));
            padded.add(side == Side.RIGHT ? Tensor.cat(0, s, filling) : Tensor.cat(0, filling, s));
        }
        return Tensor.stack(layout == Layout.BATCH_FIRST ? 0 : 1, padded);
    }

    private static long longest(String name, List<Tensor> sequences) {
        if (sequences.isEmpty()) {
            throw new ShapeException(
                    name + ": of no sequences: their type and shape are not known. Give one at least.");
        }
        Tensor first = sequences.getFirst();
        long longest = 0;
        for (Tensor s : sequences) {
            if (s.shape().rank() == 0 || !element(s).equals(element(first))) {
                throw new ShapeException(name + ": " + s.shape() + " beside " + first.shape()
                        + ": sequences may differ in their first size, the steps, alone. Reshape them.");
            }
            longest = Math.max(longest, s.size(0));
        }
        return longest;
    }

    private static Shape element(Tensor sequence) {
        long[] sizes = sequence.shape().sizes();
        return sizes.length == 0 ? Shape.SCALAR : Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
    }

    private static long[] with(long first, Shape element) {
        return LongStream.concat(LongStream.of(first), Arrays.stream(element.sizes()))
                .toArray();
    }

    /**
     * The first steps of each padded sequence. PyTorch: {@code unpad_sequence}.
     *
     * @param padded {@code [steps, n, ...]}
     * @param lengths how many of each
     */
    public static List<Tensor> unpad(Tensor padded, long... lengths) {
        checkLengths("unpad", padded, lengths, 0);
        List<Tensor> sequences = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            sequences.add(padded.select(1, i).slice(0, 0, lengths[i]));
        }
        return sequences;
    }

    private static void checkLengths(String name, Tensor padded, long[] lengths, long shortest) {
        if (padded.shape().rank() < 2 || padded.size(1) != lengths.length) {
            throw new ShapeException(name + ": " + lengths.length + " lengths of sequences " + padded.shape()
                    + ": these have to be [steps, n, ...] with a length for each of the n. Check both.");
        }
        for (long length : lengths) {
            if (length < shortest || length > padded.size(0)) {
                throw new ValueException(
                        name + ": lengths " + Arrays.toString(lengths) + " of sequences " + padded.shape()
                                + ": each has " + shortest + " to " + padded.size(0) + " steps. Check the lengths.");
            }
        }
    }

    // ---------------------------------------------------------------- packing

    /** {@link #pack(List, Order)} in any order. */
    public static PackedSequence pack(List<Tensor> sequences) {
        return pack(sequences, Order.ANY);
    }

    /**
     * Sequences {@code [steps, ...]} without padding. PyTorch: {@code pack_sequence}.
     *
     * @throws ShapeException if there is none, or they differ in more than their length
     * @throws ValueException if one is empty, or the order is not as said
     */
    public static PackedSequence pack(List<Tensor> sequences, Order order) {
        Tensor padded = pad(sequences);
        long[] lengths = sequences.stream().mapToLong(s -> s.size(0)).toArray();
        return packPadded(padded, lengths, Layout.TIME_FIRST, order);
    }

    /** {@link #packPadded(Tensor, long[], Layout, Order)} of {@code [steps, n, ...]} in any order. */
    public static PackedSequence packPadded(Tensor padded, long... lengths) {
        return packPadded(padded, lengths, Layout.TIME_FIRST, Order.ANY);
    }

    /**
     * Padded sequences without their padding. PyTorch: {@code pack_padded_sequence}.
     *
     * @param padded {@code [steps, n, ...]} or {@code [n, steps, ...]}
     * @param lengths how many steps of each are its own
     * @throws ShapeException if there is not a length for each
     * @throws ValueException if a length is not from 1 to the number of steps, or the order is not as said
     */
    public static PackedSequence packPadded(Tensor padded, long[] lengths, Layout layout, Order order) {
        Tensor x = layout == Layout.BATCH_FIRST && padded.shape().rank() > 1 ? padded.transpose(0, 1) : padded;
        checkLengths("packPadded", x, lengths, 1);
        if (lengths.length == 0) {
            throw new ShapeException("packPadded: of no sequences: nothing is left of them. Give one at least.");
        }
        int[] sorted = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -lengths[i]))
                .mapToInt(i -> i)
                .toArray();
        if (order == Order.FALLING && !IntStream.range(0, sorted.length).allMatch(i -> sorted[i] == i)) {
            throw new ValueException("packPadded: lengths " + Arrays.toString(lengths)
                    + ": they rise, and were said not to. Sort the sequences, or use Order.ANY.");
        }
        long[] sizes = batchSizes(lengths);
        long[] rows = new long[(int) Arrays.stream(lengths).sum()];
        int at = 0;
        for (int t = 0; t < sizes.length; t++) {
            for (int i = 0; i < sizes[t]; i++) {
                rows[at++] = (long) t * lengths.length + sorted[i];
            }
        }
        Tensor data = x.flatten(0, 1).indexSelect(0, Tensor.of(rows));
        if (order == Order.FALLING) {
            return new PackedSequence(data, Tensor.of(sizes), null, null);
        }
        long[] places = new long[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            places[sorted[i]] = i;
        }
        return new PackedSequence(data, Tensor.of(sizes), Tensor.of(sorted).to(DType.I64), Tensor.of(places));
    }

    private static long[] batchSizes(long... lengths) {
        long[] sizes = new long[(int) Arrays.stream(lengths).max().orElse(0)];
        for (long length : lengths) {
            for (int t = 0; t < length; t++) {
                sizes[t]++;
            }
        }
        return sizes;
    }

    /** The sequences of a packed one, padded. */
    static Tensor unpacked(PackedSequence packed, Layout layout, double value, long length) {
        Tensor data = packed.data();
        long[] sizes = packed.batchSizes().toLongs();
        int n = (int) sizes[0];
        long[] places = packed.unsortedIndices() == null
                ? LongStream.range(0, n).toArray()
                : packed.unsortedIndices().toLongs();
        long[] rows = new long[(int) length * n];
        Arrays.fill(rows, data.size(0)); // the row of padding
        long first = 0;
        for (int t = 0; t < sizes.length; t++) {
            for (int i = 0; i < n; i++) {
                if (places[i] < sizes[t]) {
                    rows[t * n + i] = first + places[i];
                }
            }
            first += sizes[t];
        }
        Tensor filling = Tensor.full(data.dtype(), value, with(1, element(data)));
        Tensor padded =
                Tensor.cat(0, data, filling).indexSelect(0, Tensor.of(rows)).unflatten(0, length, n);
        return layout == Layout.BATCH_FIRST ? padded.transpose(0, 1) : padded;
    }
}
