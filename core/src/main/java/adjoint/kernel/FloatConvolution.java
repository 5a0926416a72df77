package adjoint.kernel;

import java.util.Arrays;

/**
 * Convolutions of F32 with steps of 1, straight from the padded image ({@link Shifts}). (The classes for F32 and F64 are one
 * text but for the names of types; a test sees to it.)
 *
 * @param inputs channels of the image in each group
 * @param outputs channels of the result in each group
 */
record FloatConvolution(Shifts shifts, int batch, int groups, int inputs, int outputs) {
    /** So many positions are taken at a time where products of images are summed: they stay in the first cache. */
    private static final int STRETCH = 1024;

    /** After so many products in each running sum, the sums are added up, so that their rounding does not grow. */
    private static final int TERMS = 512;

    /** Some numbers of an array. */
    record Operand(float[] array, int offset) {}

    private int rows() {
        return inputs * shifts.patches().places();
    }

    private static int upTo(int n, int multiple) {
        return Math.ceilDiv(n, multiple) * multiple;
    }

    // ---------------------------------------------------------------- the result, from image and weight

    /** Each element is one chain of fused multiply-adds over ascending rows: what a product with the patches gives. */
    void output(FloatTile tile, Operand x, Operand w, float[] y, int threads) {
        int height = tile.height();
        int k = rows();
        int tiles = Math.ceilDiv(outputs, height);
        int depth = Math.min(k, Caches.depth(tile.width() * Float.BYTES));
        float[] weights = Workspace.floats(groups * tiles * height * k);
        for (int g = 0; g < groups; g++) {
            pack(tile, x(w, g * outputs * k), weights, g * tiles * height * k, depth);
        }
        int[] starts = shifts.starts(k);
        int images = batch * groups;
        int parts = images >= threads ? 1 : Math.min(tiles, threads);
        int units = images * parts;
        Threads.loop(units, FloatMatMul.grain(units, threads), (from, to) -> {
            int pitch = upTo(shifts.count(), tile.width());
            float[] image = zeros(inputs * shifts.pixels() + pitch - shifts.count());
            float[] spread = Workspace.floats(Math.ceilDiv(tiles, parts) * height * pitch);
            for (int unit = from; unit < to; unit++) {
                int first = (int) ((long) tiles * (unit % parts) / parts);
                int last = (int) ((long) tiles * (unit % parts + 1) / parts);
                int number = unit / parts;
                shifts.pad(x.array, x.offset + number * inputs * pixels(), inputs, image);
                int g = number % groups * tiles * height * k;
                for (int p = 0; p < k; p += depth) {
                    int kc = Math.min(depth, k - p);
                    for (int j = 0; j < pitch; j += tile.width()) {
                        for (int i = first; i < last; i++) {
                            int a = g + p * tiles * height + i * height * kc;
                            int to1 = (i - first) * height * pitch + j;
                            if (p == 0) {
                                tile.putShifted(weights, a, image, j, starts, p, kc, spread, to1, pitch);
                            } else {
                                tile.addShifted(weights, a, image, j, starts, p, kc, spread, to1, pitch);
                            }
                        }
                    }
                }
                int count = Math.min(last * height, outputs) - first * height;
                int at = (number * outputs + first * height) * shifts.patches().columns();
                shifts.cut(spread, pitch, count, y, at);
            }
            Workspace.give(image);
            Workspace.give(spread);
        });
        Workspace.give(weights);
    }

    private int pixels() {
        return shifts.patches().pixels();
    }

    private static Operand x(Operand of, int further) {
        return new Operand(of.array, of.offset + further);
    }

    /** Some rows of weights at a time, tile by tile. */
    private void pack(FloatTile tile, Operand w, float[] to, int at, int depth) {
        int k = rows();
        int height = tile.height();
        int tiles = Math.ceilDiv(outputs, height);
        for (int p = 0; p < k; p += depth) {
            int kc = Math.min(depth, k - p);
            for (int i = 0; i < tiles; i++) {
                var rows = new FloatMatMul.Matrix(w.array, w.offset + i * height * k + p, k, 1);
                int h = Math.min(height, outputs - i * height);
                FloatMatMul.packRows(tile, rows, to, at + p * tiles * height + i * height * kc, h, kc);
            }
        }
    }

    private static float[] zeros(int n) {
        float[] a = Workspace.floats(n);
        Arrays.fill(a, 0, n, 0);
        return a;
    }

    // ---------------------------------------------------------------- the weight, from image and result

    /** Sums of products of two images; in which order depends on the shapes alone. */
    void weight(FloatTile tile, Operand x, Operand y, float[] w, int threads) {
        int parts = Math.min(rows(), Math.ceilDiv(threads, groups));
        int units = groups * parts;
        Threads.loop(units, FloatMatMul.grain(units, threads), (from, to) -> {
            for (int unit = from; unit < to; unit++) {
                int part = unit % parts;
                int first = (int) ((long) rows() * part / parts);
                int last = (int) ((long) rows() * (part + 1) / parts);
                weight(tile, x, y, w, unit / parts, first, last);
            }
        });
    }

    /** Some columns of the weights of a group. */
    private void weight(FloatTile tile, Operand x, Operand y, float[] w, int group, int first, int last) {
        int places = shifts.patches().places();
        int channel = first / places;
        int channels = (last - 1) / places + 1 - channel;
        int[] starts = shifts.starts(rows());
        int n = upTo(shifts.count(), FloatTile.LANES);
        int high = upTo(outputs, FloatTile.DOT_ROWS);
        int row = upTo(last - first, 2) * FloatTile.LANES;
        float[] image = zeros(channels * shifts.pixels() + n - shifts.count());
        float[] spread = zeros(high * n);
        float[] sums = zeros(high * row);
        int terms = 0;
        for (int b = 0; b < batch; b++) {
            int number = b * groups + group;
            shifts.pad(x.array, x.offset + (number * inputs + channel) * pixels(), channels, image);
            shifts.spread(
                    y.array, y.offset + number * outputs * shifts.patches().columns(), outputs, spread, n);
            for (int q = 0; q < n; q += STRETCH) {
                int length = Math.min(STRETCH, n - q);
                for (int o = 0; o < high; o += FloatTile.DOT_ROWS) {
                    for (int r = first; r < last; r += 2) {
                        int b0 = starts[r] - channel * shifts.pixels() + q;
                        int b1 = starts[Math.min(r + 1, last - 1)] - channel * shifts.pixels() + q;
                        int at = o * row + (r - first) * FloatTile.LANES;
                        if (tile == null) {
                            FloatTile.dots(spread, o * n + q, n, image, b0, b1, length, sums, at, row);
                        } else {
                            tile.addDots(spread, o * n + q, n, image, b0, b1, length, sums, at, row);
                        }
                    }
                }
                terms += length / FloatTile.LANES;
                if (terms >= TERMS || b == batch - 1 && q + length == n) {
                    flush(sums, row, w, group * outputs * rows() + first, last - first);
                    terms = 0;
                }
            }
        }
        Workspace.give(image);
        Workspace.give(spread);
        Workspace.give(sums);
    }

    /** Adds each element's running sums to it, and clears them. */
    private void flush(float[] sums, int row, float[] w, int at, int count) {
        for (int o = 0; o < outputs; o++) {
            for (int r = 0; r < count; r++) {
                w[at + o * rows() + r] += tree(sums, o * row + r * FloatTile.LANES);
            }
        }
        Arrays.fill(sums, 0, upTo(outputs, FloatTile.DOT_ROWS) * row, 0);
    }

    /** The sum of a vector's numbers, by halves; it is left where the first was. */
    private static float tree(float[] x, int at) {
        for (int half = FloatTile.LANES / 2; half > 0; half /= 2) {
            for (int l = at; l < at + half; l++) {
                x[l] += x[l + half];
            }
        }
        return x[at];
    }
}
