package adjoint.nn;

import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;

/**
 * Where a convolution differs from the plain one, said in any order, for functions and layers alike:
 *
 * <pre>{@code
 * Functional.conv2d(x, weight, bias, Convolution.stride(2).padding(1));
 * new Conv2d(3, 64, 7, Convolution.stride(2).padding(3).withoutBias());
 * }</pre>
 *
 * <p>Wherever a dimension could have its own number, one number is for all of them.
 */
public final class Convolution {
    private Convolution() {}

    /** A plain convolution: a step of 1, no padding, one group. */
    public static Options plain() {
        return new Options();
    }

    /** See {@link Options#stride}. */
    public static Options stride(long... steps) {
        return plain().stride(steps);
    }

    /** See {@link Options#padding}. */
    public static Options padding(long... amounts) {
        return plain().padding(amounts);
    }

    /** See {@link Options#samePadding}. */
    public static Options samePadding() {
        return plain().samePadding();
    }

    /** See {@link Options#paddingMode}. */
    public static Options paddingMode(PadMode mode) {
        return plain().paddingMode(mode);
    }

    /** See {@link Options#dilation}. */
    public static Options dilation(long... steps) {
        return plain().dilation(steps);
    }

    /** See {@link Options#groups}. */
    public static Options groups(long count) {
        return plain().groups(count);
    }

    /** See {@link Options#outputPadding}. */
    public static Options outputPadding(long... amounts) {
        return plain().outputPadding(amounts);
    }

    /** See {@link Options#withoutBias}. */
    public static Options withoutBias() {
        return plain().withoutBias();
    }

    /** All that can be set. Immutable: each method gives new options. */
    public static final class Options {
        final List<Long> stride;
        final List<Long> padding;
        final boolean same;
        final PadMode mode;
        final List<Long> dilation;
        final long groups;
        final List<Long> outputPadding;
        final boolean bias;

        private Options() {
            this(List.of(1L), List.of(0L), false, PadMode.CONSTANT, List.of(1L), 1, List.of(0L), true);
        }

        private Options(
                List<Long> stride,
                List<Long> padding,
                boolean same,
                PadMode mode,
                List<Long> dilation,
                long groups,
                List<Long> outputPadding,
                boolean bias) {
            this.stride = stride;
            this.padding = padding;
            this.same = same;
            this.mode = mode;
            this.dilation = dilation;
            this.groups = groups;
            this.outputPadding = outputPadding;
            this.bias = bias;
        }

        /** The step between two positions of the window; 1 if not said. */
        public Options stride(long... steps) {
            return new Options(numbers("stride", 1, steps), padding, same, mode, dilation, groups, outputPadding, bias);
        }

        /** How many elements are added on both sides; 0 if not said. A transposed convolution cuts them off instead. */
        public Options padding(long... amounts) {
            return new Options(
                    stride, numbers("padding", 0, amounts), false, mode, dilation, groups, outputPadding, bias);
        }

        /**
         * As much padding as keeps the size; where it is odd, the last side gets one more. Only with a stride of 1.
         * PyTorch: {@code padding='same'}.
         */
        public Options samePadding() {
            return new Options(stride, List.of(0L), true, mode, dilation, groups, outputPadding, bias);
        }

        /** What is added; zeros if not said. */
        public Options paddingMode(PadMode what) {
            return new Options(stride, padding, same, what, dilation, groups, outputPadding, bias);
        }

        /** The step between two elements that the window sees; 1 if not said. */
        public Options dilation(long... steps) {
            return new Options(stride, padding, same, mode, numbers("dilation", 1, steps), groups, outputPadding, bias);
        }

        /** How many groups the channels make, each convolved by itself; 1 if not said. */
        public Options groups(long count) {
            return new Options(
                    stride,
                    padding,
                    same,
                    mode,
                    dilation,
                    numbers("groups", 1, count).getFirst(),
                    outputPadding,
                    bias);
        }

        /**
         * How many elements more a transposed convolution gives at the end; 0 if not said. With a stride several sizes
         * give the same size when convolved; this says which is wanted.
         */
        public Options outputPadding(long... amounts) {
            return new Options(
                    stride, padding, same, mode, dilation, groups, numbers("outputPadding", 0, amounts), bias);
        }

        /** No bias: for layers, which otherwise make one. PyTorch: {@code bias=False}. */
        public Options withoutBias() {
            return new Options(stride, padding, same, mode, dilation, groups, outputPadding, false);
        }
    }

    /** Checked numbers of an option. */
    static List<Long> numbers(String option, long least, long... values) {
        if (values.length == 0 || Arrays.stream(values).anyMatch(v -> v < least || v > Integer.MAX_VALUE)) {
            throw new ValueException(option + ": " + Arrays.toString(values) + ": it has to be "
                    + (least == 0 ? "0 or more" : "positive") + ". Give one number, or one for each dimension.");
        }
        return Arrays.stream(values).boxed().toList();
    }
}
