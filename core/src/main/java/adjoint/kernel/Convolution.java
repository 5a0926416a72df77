package adjoint.kernel;

import adjoint.kernel.MatMul.Matrix;
import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * The three products of a convolution, each as products of matrices block by block: the image's patches are written out
 * as columns ({@link Patches}), a block of them at a time, so that the memory for them does not grow with the image or
 * the batch.
 *
 * <p>Shapes: images {@code [batch, groups·inputs, …]}, weights {@code [groups·outputs, inputs, …]}, results
 * {@code [batch, groups·outputs, …]}. Threads share the images, the columns or the channels; what one element is the sum
 * of, and in which order, depends on the shapes alone.
 *
 * @param inputs channels of the image in each group
 * @param outputs channels of the result in each group
 */
public record Convolution(Patches patches, int batch, int groups, int inputs, int outputs) {
    /** Elements of a block of columns: what fits into a core's cache beside the weights. */
    private static final int BLOCK = 1 << 15;

    /** Most columns in a block. */
    private static final int WIDTH = 256;

    /** With fewer positions than this, the innermost loops run over channels instead. */
    private static final int NARROW = 32;

    private static final long PARALLEL_FLOPS = 1 << 17;

    /** The numbers of one operand: an array, where it begins, and the size of what belongs to an image and a group. */
    private record Operand(Object array, int offset, int size) {
        static Operand of(Strided x, int size) {
            Strided dense = x.rowMajor();
            return new Operand(dense.array(), dense.offset(), size);
        }

        int at(int number) {
            return offset + number * size;
        }
    }

    private int rows() {
        return inputs * patches.places();
    }

    private int columns() {
        return patches.columns();
    }

    private boolean isNarrow() {
        return columns() < Math.min(NARROW, Math.max(outputs, 2));
    }

    private static int blocks(int n, int most) {
        return Math.ceilDiv(n, Math.max(most, 1));
    }

    private static void share(int units, long flopsPerUnit, Threads.Range body) {
        int grain = (int) Math.clamp(PARALLEL_FLOPS / Math.max(flopsPerUnit, 1), 1, Integer.MAX_VALUE);
        Threads.loop(units, grain, body);
    }

    private static Object buffer(Strided like, int n) {
        return Memory.allocate(like.dtype(), n);
    }

    // ---------------------------------------------------------------- the result, from image and weight

    /** The convolution itself. */
    public Strided output(Strided image, Strided weight, Shape to) {
        Strided out = Strided.zeros(image.dtype(), to);
        if (out.numel() == 0 || rows() == 0) {
            return out;
        }
        if (isShifts() && shiftedOutput(image.rowMajor(), weight.rowMajor(), out)) {
            return out;
        }
        var x = Operand.of(image, inputs * patches.pixels());
        var w = Operand.of(isNarrow() ? turned(weight) : weight, outputs * rows());
        var y = Operand.of(out, outputs * columns());
        int images = batch * groups;
        int most = images >= Threads.count() ? WIDTH : Math.max(NARROW, columns() / Threads.count());
        int parts = isNarrow() ? 1 : blocks(columns(), Math.min(most, WIDTH));
        int width = blocks(columns(), parts);
        share(images * parts, 2L * outputs * rows() * width, (from, to1) -> {
            int height = Math.clamp(BLOCK / width, 1, rows());
            Object block = buffer(out, patches.isImage() && !isNarrow() ? 0 : height * width);
            Object turned = isNarrow() ? buffer(out, outputs * columns()) : null;
            for (int unit = from; unit < to1; unit++) {
                int image1 = unit / parts;
                int first = unit % parts * width;
                int count = Math.min(width, columns() - first);
                if (isNarrow()) {
                    narrowOutput(x, w, y, image1, block, height, turned);
                } else if (count > 0) {
                    output(x, w, y, image1, first, count, block, height);
                }
            }
        });
        return out;
    }

    private boolean isShifts() {
        return !patches.isImage() && !isNarrow() && Shifts.fit(patches);
    }

    private int threads() {
        long flops = 2L * batch * groups * outputs * rows() * columns();
        return (int) Math.clamp(flops / PARALLEL_FLOPS, 1, Threads.count());
    }

    /** False where there are no vectors (yet), or not of this type; the patches then give the same bits. */
    private boolean shiftedOutput(Strided x, Strided w, Strided y) {
        switch (y.dtype()) {
            case F32 -> {
                FloatTile tile = FloatTile.ready();
                if (tile != null) {
                    floats().output(tile, floats(x), floats(w), y.floats(), threads());
                }
                return tile != null;
            }
            case F64 -> {
                DoubleTile tile = DoubleTile.ready();
                if (tile != null) {
                    doubles().output(tile, doubles(x), doubles(w), y.doubles(), threads());
                }
                return tile != null;
            }
            default -> {
                return false;
            }
        }
    }

    private FloatConvolution floats() {
        return new FloatConvolution(Shifts.of(patches), batch, groups, inputs, outputs);
    }

    private DoubleConvolution doubles() {
        return new DoubleConvolution(Shifts.of(patches), batch, groups, inputs, outputs);
    }

    private static FloatConvolution.Operand floats(Strided x) {
        return new FloatConvolution.Operand(x.floats(), x.offset());
    }

    private static DoubleConvolution.Operand doubles(Strided x) {
        return new DoubleConvolution.Operand(x.doubles(), x.offset());
    }

    private void output(Operand x, Operand w, Operand y, int image, int first, int count, Object block, int height) {
        int k = rows();
        int l = columns();
        int a = w.at(image % groups);
        int to = y.at(image) + first;
        if (patches.isImage()) {
            MatMul.add(
                    new Matrix(w.array, a, k, 1),
                    new Matrix(x.array, x.at(image) + first, l, 1),
                    new Matrix(y.array, to, l, 1),
                    outputs,
                    count,
                    k,
                    1);
            return;
        }
        for (int r = 0; r < k; r += height) {
            int n = Math.min(height, k - r);
            patches.read(x.array, x.at(image), new Patches.Part(r, n, first, count, 0, count, 1), block);
            MatMul.add(
                    new Matrix(w.array, a + r, k, 1),
                    new Matrix(block, 0, count, 1),
                    new Matrix(y.array, to, l, 1),
                    outputs,
                    count,
                    n,
                    1);
        }
    }

    /** With rows and columns exchanged: weights {@code [groups, rows, outputs]}. */
    private void narrowOutput(Operand x, Operand w, Operand y, int image, Object block, int height, Object turned) {
        int l = columns();
        clear(turned);
        for (int r = 0; r < rows(); r += height) {
            int n = Math.min(height, rows() - r);
            patches.read(x.array, x.at(image), new Patches.Part(r, n, 0, l, 0, 1, n), block);
            int b = w.at(image % groups) + r * outputs;
            MatMul.add(
                    new Matrix(block, 0, n, 1),
                    new Matrix(w.array, b, outputs, 1),
                    new Matrix(turned, 0, outputs, 1),
                    l,
                    outputs,
                    n,
                    1);
        }
        turn(turned, 0, l, outputs, y.array, y.at(image));
    }

    private Strided turned(Strided weight) {
        Strided dense = weight.rowMajor();
        Strided out = Strided.zeros(weight.dtype(), Shape.of(dense.numel()));
        int size = outputs * rows();
        for (int g = 0; g < groups; g++) {
            turn(dense.array(), dense.offset() + g * size, outputs, rows(), out.array(), g * size);
        }
        return out;
    }

    // ---------------------------------------------------------------- the image, from result and weight

    /** The transpose in the image: what a gradient of the result means for it; also the transposed convolution. */
    public Strided input(Strided result, Strided weight, Shape to) {
        Strided out = Strided.zeros(result.dtype(), to);
        if (out.numel() == 0 || outputs == 0 || columns() == 0) {
            return out;
        }
        Convolution turned = turned();
        if (turned.isShifts() && out.dtype().isFloating()) {
            return turned.output(result, flipped(weight), to);
        }
        var y = Operand.of(result, outputs * columns());
        var w = Operand.of(weight, outputs * rows());
        var x = Operand.of(out, inputs * patches.pixels());
        int images = batch * groups;
        int parts = images >= Threads.count() ? 1 : Math.min(inputs, Threads.count());
        int channels = blocks(inputs, parts);
        share(images * parts, 2L * outputs * rows() * columns() / parts, (from, to1) -> {
            int width = blocks(columns(), blocks(columns(), WIDTH));
            Object block = buffer(out, width * Math.clamp(BLOCK / width, 1, rows()));
            for (int unit = from; unit < to1; unit++) {
                int first = unit % parts * channels;
                int last = Math.min(first + channels, inputs);
                if (patches.isImage()) {
                    pointwise(y, w, x, unit / parts, first, last);
                } else {
                    input(y, w, x, unit / parts, first * patches.places(), last * patches.places(), block, width);
                }
            }
        });
        return out;
    }

    /** The convolution of the result that gives the image, where steps are 1: with what the window is short of as padding. */
    private Convolution turned() {
        int[] padding = new int[3];
        for (int d = 0; d < 3; d++) {
            boolean steps = patches.stride()[d] != 1;
            padding[d] = steps ? -1 : patches.dilation()[d] * (patches.window()[d] - 1) - patches.padding()[d];
        }
        var back = new Patches(
                patches.positions(), patches.window(), patches.image(), patches.stride(), padding, patches.dilation());
        return new Convolution(back, batch, groups, outputs, inputs);
    }

    /** Weights {@code [groups · inputs, outputs, …]}, each window from its end. */
    private Strided flipped(Strided weight) {
        Strided dense = weight.rowMajor();
        Strided out = Strided.zeros(weight.dtype(), Shape.of(dense.numel()));
        int places = patches.places();
        for (int g = 0; g < groups; g++) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    int from = dense.offset() + ((g * outputs + o) * inputs + i + 1) * places - 1;
                    int to = ((g * inputs + i) * outputs + o) * places;
                    Patches.copy(dense.array(), from, -1, out.array(), to, 1, places);
                }
            }
        }
        return out;
    }

    private void pointwise(Operand y, Operand w, Operand x, int image, int first, int last) {
        int l = columns();
        int to = x.at(image) + first * l;
        int a = w.at(image % groups) + first;
        MatMul.add(
                new Matrix(w.array, a, 1, inputs),
                new Matrix(y.array, y.at(image), l, 1),
                new Matrix(x.array, to, l, 1),
                last - first,
                l,
                outputs,
                1);
    }

    private void input(Operand y, Operand w, Operand x, int image, int first, int last, Object block, int width) {
        int l = columns();
        int k = rows();
        int height = Math.clamp(BLOCK / width, 1, k);
        int b = y.at(image);
        for (int c = 0; c < l; c += width) {
            int count = Math.min(width, l - c);
            for (int r = first; r < last; r += height) {
                int n = Math.min(height, last - r);
                int a = w.at(image % groups) + r;
                clear(block);
                if (isNarrow()) {
                    MatMul.add(
                            new Matrix(y.array, b, 1, l),
                            new Matrix(w.array, a, k, 1),
                            new Matrix(block, 0, n, 1),
                            count,
                            n,
                            outputs,
                            1);
                    patches.add(block, new Patches.Part(r, n, c, count, 0, 1, n), x.array, x.at(image));
                } else {
                    MatMul.add(
                            new Matrix(w.array, a, 1, k),
                            new Matrix(y.array, b + c, l, 1),
                            new Matrix(block, 0, count, 1),
                            n,
                            count,
                            outputs,
                            1);
                    patches.add(block, new Patches.Part(r, n, c, count, 0, count, 1), x.array, x.at(image));
                }
            }
        }
    }

    // ---------------------------------------------------------------- the weight, from image and result

    /** The transpose in the weight: what a gradient of the result means for it. */
    public Strided weight(Strided image, Strided result, Shape to) {
        Strided out = Strided.zeros(image.dtype(), to);
        if (out.numel() == 0 || batch == 0 || columns() == 0) {
            return out;
        }
        if (isShifts() && out.dtype() == DType.F32) {
            floats().weight(
                            FloatTile.ready(),
                            floats(image.rowMajor()),
                            floats(result.rowMajor()),
                            out.floats(),
                            threads());
            return out;
        }
        if (isShifts() && out.dtype() == DType.F64) {
            doubles()
                    .weight(
                            DoubleTile.ready(),
                            doubles(image.rowMajor()),
                            doubles(result.rowMajor()),
                            out.doubles(),
                            threads());
            return out;
        }
        var x = Operand.of(image, inputs * patches.pixels());
        var y = Operand.of(result, outputs * columns());
        var w = Operand.of(out, outputs * rows());
        int most = Math.clamp(blocks(rows(), blocks(Threads.count(), groups)), Math.min(rows(), 16), BLOCK / TERMS);
        int parts = blocks(rows(), most);
        int height = blocks(rows(), parts);
        share(groups * parts, 2L * batch * outputs * height * columns(), (from, to1) -> {
            Object block = buffer(out, height * Math.min(columns(), TERMS));
            Object sums = buffer(out, height * outputs);
            for (int unit = from; unit < to1; unit++) {
                int first = unit % parts * height;
                int n = Math.min(height, rows() - first);
                if (n > 0) {
                    weight(x, y, w, unit / parts, first, n, block, sums);
                }
            }
        });
        return out;
    }

    /** Sums of about so many products are added up, rather than the products: shorter chains are more precise. */
    private static final int TERMS = 64;

    private void weight(Operand x, Operand y, Operand w, int group, int first, int n, Object block, Object sums) {
        int l = columns();
        int k = rows();
        int width = Math.min(l, TERMS);
        int terms = 0;
        clear(sums);
        for (int i = 0; i < batch; i++) {
            int image = i * groups + group;
            for (int c = 0; c < l; c += width) {
                int count = Math.min(width, l - c);
                patches.read(x.array, x.at(image), new Patches.Part(first, n, c, count, 0, 1, n), block);
                MatMul.add(
                        new Matrix(y.array, y.at(image) + c, l, 1),
                        new Matrix(block, 0, n, 1),
                        new Matrix(sums, 0, n, 1),
                        outputs,
                        n,
                        count,
                        1);
                terms += count;
                if (terms >= TERMS || (i == batch - 1 && c + count == l)) {
                    addRows(sums, outputs, n, w.array, w.at(group) + first, k);
                    clear(sums);
                    terms = 0;
                }
            }
        }
    }

    // ---------------------------------------------------------------- arrays

    private static void clear(Object array) {
        switch (array) {
            case float[] x -> java.util.Arrays.fill(x, 0);
            case double[] x -> java.util.Arrays.fill(x, 0);
            default -> java.util.Arrays.fill((long[]) array, 0);
        }
    }

    /** Adds the rows of a dense matrix to rows that lie {@code step} apart. */
    private static void addRows(Object from, int rows, int n, Object to, int at, int step) {
        for (int r = 0; r < rows; r++) {
            int i = r * n;
            int o = at + r * step;
            switch (from) {
                case float[] x -> {
                    float[] y = (float[]) to;
                    for (int j = 0; j < n; j++) {
                        y[o + j] += x[i + j];
                    }
                }
                case double[] x -> {
                    double[] y = (double[]) to;
                    for (int j = 0; j < n; j++) {
                        y[o + j] += x[i + j];
                    }
                }
                default -> {
                    long[] x = (long[]) from;
                    long[] y = (long[]) to;
                    for (int j = 0; j < n; j++) {
                        y[o + j] += x[i + j];
                    }
                }
            }
        }
    }

    /** Writes a dense matrix with rows and columns exchanged. */
    private static void turn(Object from, int i, int rows, int columns, Object to, int o) {
        for (int r = 0; r < rows; r++) {
            Patches.copy(from, i + r * columns, 1, to, o + r, rows, columns);
        }
    }
}
