package adjoint.nn;

import adjoint.op.Sliding;
import adjoint.op.SlidingColumns;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;

/** Images taken apart into the windows a convolution would see, and put together again. */
final class Columns {
    private static final int DIMS = 2;

    private Columns() {}

    static Tensor unfold(Tensor x, long[] window, Convolution.Options options) {
        String name = "unfold";
        Sliding sliding = sliding(name, window, options);
        int rank = x.shape().rank();
        checkFloating(name, x);
        if (rank != 3 && rank != 4 || x.size(-3) * x.size(-2) * x.size(-1) == 0) {
            throw new ShapeException(name + ": x " + x.shape() + ": images are [n, channels, height, width], one is"
                    + " [channels, height, width], and none but n is 0. Reshape it.");
        }
        Tensor images = rank == 3 ? x.unsqueeze(0) : x;
        Shape positions = positions(name, sliding, images.size(2), images.size(3));
        Shape columns = Shape.of(images.size(0), images.size(1) * places(sliding), positions.numel());
        Tensor y = Engine.run(
                new SlidingColumns(sliding, images.shape(), positions, columns, SlidingColumns.Way.UNFOLD), images);
        return rank == 3 ? y.squeeze(0) : y;
    }

    static Tensor fold(Tensor x, long[] size, long[] window, Convolution.Options options) {
        String name = "fold";
        Sliding sliding = sliding(name, window, options);
        List<Long> to = Convolutions.each(name, "size", DIMS, Convolution.numbers("size", 1, size));
        int rank = x.shape().rank();
        checkFloating(name, x);
        Shape positions = positions(name, sliding, to.get(0), to.get(1));
        if (rank != 2 && rank != 3
                || x.size(-1) != positions.numel()
                || x.size(-2) == 0
                || x.size(-2) % places(sliding) != 0) {
            throw new ShapeException(name + ": x " + x.shape() + " to " + to + " with windows of " + sliding.window()
                    + ": it is [n, channels · " + places(sliding) + ", " + positions.numel() + "], or without the n:"
                    + " a column for each position of the window. Check stride, padding and dilation.");
        }
        Tensor columns = rank == 2 ? x.unsqueeze(0) : x;
        Shape image = Shape.of(columns.size(0), columns.size(1) / places(sliding), to.get(0), to.get(1));
        Tensor y = Engine.run(
                new SlidingColumns(sliding, image, positions, columns.shape(), SlidingColumns.Way.FOLD), columns);
        return rank == 2 ? y.squeeze(0) : y;
    }

    private static void checkFloating(String name, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(
                    name + ": of " + x.dtype() + ": it is for real numbers. Convert with to(DType.F32).");
        }
    }

    private static long places(Sliding sliding) {
        return sliding.window().get(0) * sliding.window().get(1);
    }

    private static Sliding sliding(String name, long[] window, Convolution.Options options) {
        if (options.same || options.mode != PadMode.CONSTANT || options.groups != 1) {
            throw new ValueException(name + ": with samePadding, paddingMode or groups: it knows stride, padding and"
                    + " dilation. Use pad before it.");
        }
        return new Sliding(
                Convolutions.each(name, "window", DIMS, Convolution.numbers("window", 1, window)),
                Convolutions.each(name, "stride", DIMS, options.stride),
                Convolutions.each(name, "padding", DIMS, options.padding),
                Convolutions.each(name, "dilation", DIMS, options.dilation));
    }

    private static Shape positions(String name, Sliding sliding, long... size) {
        long[] positions = new long[DIMS];
        for (int d = 0; d < DIMS; d++) {
            long room = size[d] + 2 * sliding.padding().get(d) - sliding.reach(d);
            if (room < 0) {
                throw new ShapeException(name + ": windows of " + sliding.window() + " on an image of "
                        + Arrays.toString(size) + ": one reaches over " + sliding.reach(d)
                        + " elements. Give more padding or a smaller window.");
            }
            positions[d] = room / sliding.stride().get(d) + 1;
        }
        return Shape.of(positions);
    }

    /** The options as PyTorch's layers print them. */
    static String text(Convolution.Options options) {
        return ", dilation=" + ConvolutionLayer.given(options.dilation) + ", padding="
                + ConvolutionLayer.given(options.padding) + ", stride=" + ConvolutionLayer.given(options.stride);
    }
}
