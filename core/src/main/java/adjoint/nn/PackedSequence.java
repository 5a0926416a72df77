package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of several lengths without padding: the first steps of all, the longest sequence first, then the second steps of
 * those that have one, and so on. {@link Sequences} makes them, recurrent layers take them.
 *
 * @param data {@code [steps of all sequences, ...]}
 * @param batchSizes I64: how many sequences have each step; it never rises
 * @param sortedIndices I64: which of the original sequences lies at each place, or null if they lie as they were
 * @param unsortedIndices I64: at which place each of the original sequences lies, or null
 */
public record PackedSequence(Tensor data, Tensor batchSizes, Tensor sortedIndices, Tensor unsortedIndices) {
    /** The same sequences of other elements. */
    public PackedSequence withData(Tensor other) {
        if (other.shape().rank() == 0 || other.size(0) != data.size(0)) {
            throw new ShapeException("packed sequences: with data " + other.shape() + ": there have to be "
                    + data.size(0) + " steps. Keep their number and order.");
        }
        return new PackedSequence(other, batchSizes, sortedIndices, unsortedIndices);
    }

    /** The length of each sequence, in their original order. */
    public long[] lengths() {
        long[] sizes = batchSizes.toLongs();
        long[] sorted = new long[(int) sizes[0]];
        for (long size : sizes) {
            for (int i = 0; i < size; i++) {
                sorted[i]++;
            }
        }
        if (unsortedIndices == null) {
            return sorted;
        }
        return Arrays.stream(unsortedIndices.toLongs())
                .map(place -> sorted[(int) place])
                .toArray();
    }

    /** The sequences in their original order, padded with zeros: {@code [steps, n, ...]}. PyTorch: {@code pad_packed_sequence}. */
    public PaddedSequences pad() {
        return pad(Sequences.Layout.TIME_FIRST, 0);
    }

    /** The sequences in their original order, padded with a value. */
    public PaddedSequences pad(Sequences.Layout layout, double value) {
        return pad(layout, value, batchSizes.size(0));
    }

    /**
     * The sequences in their original order, padded with a value to a length.
     *
     * @param length PyTorch: {@code total_length}
     * @throws ValueException if a sequence is longer
     */
    public PaddedSequences pad(Sequences.Layout layout, double value, long length) {
        if (length < batchSizes.size(0)) {
            throw new ValueException("pad: sequences of up to " + batchSizes.size(0) + " steps to a length of " + length
                    + ": that cuts some off. Give " + batchSizes.size(0) + " or more.");
        }
        return new PaddedSequences(Sequences.unpacked(this, layout, value, length), Tensor.of(lengths()));
    }

    /** Each sequence by itself, in their original order. PyTorch: {@code unpack_sequence}. */
    public List<Tensor> unpack() {
        return Sequences.unpad(pad().data(), lengths());
    }
}
