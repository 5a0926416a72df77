package adjoint.kernel;

import adjoint.types.Shape;

/**
 * What a window shows of an image at each of its positions, as a matrix: row {@code (channel, place in the window)},
 * column {@code position of the window}; 0 where the window reaches over the edge. Images have three dimensions here;
 * those of fewer have sizes of 1 before them. All arrays have an entry for each dimension, outermost first.
 *
 * @param image the image's sizes
 * @param window the window's sizes
 * @param positions how many positions the window takes
 * @param stride the step between two positions
 * @param padding how far the first position lies before the image
 * @param dilation the step between two places in the window
 */
public record Patches(int[] image, int[] window, int[] positions, int[] stride, int[] padding, int[] dilation) {

    /** Elements of one channel of the image. */
    public int pixels() {
        return image[0] * image[1] * image[2];
    }

    /** Rows of the matrix for each channel. */
    public int places() {
        return window[0] * window[1] * window[2];
    }

    /** Columns of the matrix. */
    public int columns() {
        return positions[0] * positions[1] * positions[2];
    }

    /** Whether the matrix is the image itself: one place, which goes over every pixel once. */
    boolean isImage() {
        boolean same = true;
        for (int d = 0; d < 3; d++) {
            same &= window[d] == 1 && padding[d] == 0 && positions[d] == image[d] && (stride[d] == 1 || image[d] == 1);
        }
        return same;
    }

    /**
     * A part of the matrix, and where it lies in an array: row r, column l of the part at {@code start + r·rowStep +
     * l·step}.
     */
    record Part(int firstRow, int rows, int firstColumn, int columns, int start, int rowStep, int step) {}

    /**
     * The whole matrices of images {@code [n, channels, …]}, one after the other. PyTorch: {@code unfold}.
     *
     * @param shape {@code [n, channels · places, columns]}
     */
    public Strided matrices(Strided images, Shape shape) {
        Strided x = images.rowMajor();
        Strided out = Strided.zeros(x.dtype(), shape);
        int rows = (int) shape.size(1);
        int size = rows * columns();
        each(out.numel(), (int) shape.size(0), size, n -> {
            int at = x.offset() + n * (rows / places() * pixels());
            read(x.array(), at, new Part(0, rows, 0, columns(), n * size, columns(), 1), out.array());
        });
        return out;
    }

    /**
     * The transpose of {@link #matrices}: all that is shown of a pixel added up. PyTorch: {@code fold}.
     *
     * @param shape {@code [n, channels, …]}
     */
    public Strided images(Strided matrices, Shape shape) {
        Strided m = matrices.rowMajor();
        Strided out = Strided.zeros(m.dtype(), shape);
        int rows = (int) shape.size(1) * places();
        int size = rows * columns();
        each(out.numel(), (int) shape.size(0), size, n -> {
            int at = n * (rows / places() * pixels());
            add(m.array(), new Part(0, rows, 0, columns(), m.offset() + n * size, columns(), 1), out.array(), at);
        });
        return out;
    }

    private static void each(int elements, int images, int size, java.util.function.IntConsumer body) {
        if (elements > 0) {
            Threads.loop(images, Math.max(1, (1 << 15) / Math.max(size, 1)), (from, to) -> {
                for (int n = from; n < to; n++) {
                    body.accept(n);
                }
            });
        }
    }

    /** Fills {@code matrix} with a part of the matrix of the image whose first channel starts at {@code at}. */
    void read(Object image, int at, Part part, Object matrix) {
        walk(part, (pixel, pixelStep, place, n) -> {
            if (pixel < 0) {
                clear(matrix, place, part.step, n);
            } else {
                copy(image, at + pixel, pixelStep, matrix, place, part.step, n);
            }
        });
    }

    /** Adds a part of a matrix to the pixels it shows: the transpose of {@link #read}. */
    void add(Object matrix, Part part, Object image, int at) {
        walk(part, (pixel, pixelStep, place, n) -> {
            if (pixel >= 0) {
                add(matrix, place, part.step, image, at + pixel, pixelStep, n);
            }
        });
    }

    /** A run of {@code n} neighbouring columns of one row; {@code pixel} is negative where they lie outside the image. */
    @FunctionalInterface
    private interface Run {
        void of(int pixel, int pixelStep, int place, int n);
    }

    private void walk(Part part, Run run) {
        int taps = places();
        for (int r = 0; r < part.rows; r++) {
            int row = part.firstRow + r;
            int channel = row / taps * pixels();
            int tap = row % taps;
            int x = tap % window[2] * dilation[2] - padding[2];
            int y = tap / window[2] % window[1] * dilation[1] - padding[1];
            int z = tap / window[2] / window[1] * dilation[0] - padding[0];
            int place = part.start + r * part.rowStep;
            int end = part.firstColumn + part.columns;
            int width = positions[2];
            for (int l = part.firstColumn; l < end; ) {
                int line = l / width;
                int from = l - line * width;
                int to = Math.min(width, from + end - l);
                int inY = line % positions[1] * stride[1] + y;
                int inZ = line / positions[1] * stride[0] + z;
                boolean inside = inY >= 0 && inY < image[1] && inZ >= 0 && inZ < image[0];
                int start = channel + (inZ * image[1] + inY) * image[2];
                line(run, inside, start, x, from, to, place, part.step);
                place += (to - from) * part.step;
                l += to - from;
            }
        }
    }

    /** Positions {@code from} to {@code to} along the innermost dimension: outside, inside, outside. */
    private void line(Run run, boolean inside, int start, int x, int from, int to, int place, int step) {
        int low = to;
        int high = to;
        if (inside) {
            low = Math.clamp(Math.ceilDiv(-x, stride[2]), from, to);
            high = Math.clamp(Math.floorDiv(image[2] - 1 - x, stride[2]) + 1, low, to);
        }
        if (low > from) {
            run.of(-1, 0, place, low - from);
        }
        if (high > low) {
            run.of(start + low * stride[2] + x, stride[2], place + (low - from) * step, high - low);
        }
        if (to > high) {
            run.of(-1, 0, place + (high - from) * step, to - high);
        }
    }

    private static void clear(Object to, int o, int oStep, int n) {
        switch (to) {
            case float[] y -> {
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = 0;
                }
            }
            case double[] y -> {
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = 0;
                }
            }
            default -> {
                long[] y = (long[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = 0;
                }
            }
        }
    }

    /** {@code n} elements, spaced. */
    static void copy(Object from, int i, int iStep, Object to, int o, int oStep, int n) {
        if (iStep == 1 && oStep == 1) {
            System.arraycopy(from, i, to, o, n);
            return;
        }
        switch (from) {
            case float[] x -> {
                float[] y = (float[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
            case double[] x -> {
                double[] y = (double[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
            default -> {
                long[] x = (long[]) from;
                long[] y = (long[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
        }
    }

    private static void add(Object from, int i, int iStep, Object to, int o, int oStep, int n) {
        switch (from) {
            case float[] x -> {
                float[] y = (float[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] += x[i + k * iStep];
                }
            }
            case double[] x -> {
                double[] y = (double[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] += x[i + k * iStep];
                }
            }
            default -> {
                long[] x = (long[]) from;
                long[] y = (long[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] += x[i + k * iStep];
                }
            }
        }
    }
}
