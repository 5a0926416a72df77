package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * Sums and largest elements of windows over the last three dimensions (of size 1 where there are fewer). In each of them
 * window {@code i} goes from {@code from[i]} up to {@code to[i]}, always inside. The planes before them are shared by the
 * threads, each being done by one.
 *
 * @param image the sizes of a plane
 * @param step the step between two elements that a window sees, in each dimension
 */
public record Pool(int[] image, int[][] from, int[][] to, int[] step) {
    private static final int GRAIN = 1 << 14;
    /** In the order of bits what is larger than all numbers. */
    private static final int NAN = Integer.MAX_VALUE;

    private int pixels() {
        return image[0] * image[1] * image[2];
    }

    private int positions() {
        return from[0].length * from[1].length * from[2].length;
    }

    /** A loop over planes, with the windows of each. */
    @FunctionalInterface
    private interface Plane {
        void run(int number);
    }

    private void planes(int count, Plane plane) {
        int grain = Math.max(1, GRAIN / Math.max(1, Math.max(pixels(), positions())));
        Threads.loop(count, grain, (first, last) -> {
            for (int p = first; p < last; p++) {
                plane.run(p);
            }
        });
    }

    private static int count(Shape to, int positions) {
        return positions == 0 ? 0 : (int) (to.numel() / positions);
    }

    // ---------------------------------------------------------------- sums

    /** The sum of each window. */
    public Strided sum(Strided x, Shape shape) {
        Strided in = x.rowMajor();
        Strided out = Strided.zeros(x.dtype(), shape);
        boolean tiles = isTiles();
        planes(count(shape, positions()), p -> {
            int i = in.offset() + p * pixels();
            int o = p * positions();
            switch (in.array()) {
                case float[] a when tiles -> gatherTiles(a, i, out.floats(), o);
                case double[] a when tiles -> gatherTiles(a, i, out.doubles(), o);
                case float[] a ->
                    walk(false, (place, at, stride, n) -> add(a, i + at, stride, out.floats(), o + place, 1, n));
                case double[] a ->
                    walk(false, (place, at, stride, n) -> add(a, i + at, stride, out.doubles(), o + place, 1, n));
                default -> walk(false, (place, at, stride, n) -> add(in, i + at, stride, out, o + place, 1, n));
            }
        });
        return out;
    }

    /** The transpose of {@link #sum}: each number added to all elements of its window. */
    public Strided spread(Strided g, Shape shape) {
        Strided in = g.rowMajor();
        Strided out = Strided.zeros(g.dtype(), shape);
        boolean tiles = isTiles();
        planes(count(shape, pixels()), p -> {
            int o = p * pixels();
            int i = in.offset() + p * positions();
            switch (in.array()) {
                case float[] a when tiles -> spreadTiles(a, i, out.floats(), o);
                case double[] a when tiles -> spreadTiles(a, i, out.doubles(), o);
                case float[] a ->
                    walk(true, (place, at, stride, n) -> add(a, i + place, 1, out.floats(), o + at, stride, n));
                case double[] a ->
                    walk(true, (place, at, stride, n) -> add(a, i + place, 1, out.doubles(), o + at, stride, n));
                default -> walk(true, (place, at, stride, n) -> add(in, i + place, 1, out, o + at, stride, n));
            }
        });
        return out;
    }

    private static void add(float[] x, int i, int iStep, float[] y, int o, int oStep, int n) {
        for (int k = 0; k < n; k++) {
            y[o + k * oStep] += x[i + k * iStep];
        }
    }

    private static void add(double[] x, int i, int iStep, double[] y, int o, int oStep, int n) {
        for (int k = 0; k < n; k++) {
            y[o + k * oStep] += x[i + k * iStep];
        }
    }

    private static void add(Strided x, int i, int iStep, Strided y, int o, int oStep, int n) {
        for (int k = 0; k < n; k++) {
            y.setInteger(o + k * oStep, y.integer(o + k * oStep) + x.integer(i + k * iStep));
        }
    }

    // ---------------------------------------------------------------- sums of 2 × 2

    /** Whether windows are of 2 × 2, side by side: by far the most frequent, so these have loops of their own. */
    private boolean isTiles() {
        return image[0] == 1 && from[0].length == 1 && to[0][0] == 1 && isPairs(1) && isPairs(2);
    }

    private boolean isPairs(int d) {
        boolean pairs = step[d] == 1;
        for (int k = 0; k < from[d].length; k++) {
            pairs &= from[d][k] == 2 * k && to[d][k] == 2 * k + 2;
        }
        return pairs;
    }

    /** From 0 on and in the order of elements, as in other windows. */
    private void gatherTiles(float[] x, int i, float[] y, int o) {
        int width = image[2];
        int n = from[2].length;
        for (int row = 0; row < from[1].length; row++) {
            int at = i + 2 * row * width;
            int place = o + row * n;
            for (int k = 0; k < n; k++) {
                int a = at + 2 * k;
                y[place + k] = 0f + x[a] + x[a + 1] + x[a + width] + x[a + width + 1];
            }
        }
    }

    private void gatherTiles(double[] x, int i, double[] y, int o) {
        int width = image[2];
        int n = from[2].length;
        for (int row = 0; row < from[1].length; row++) {
            int at = i + 2 * row * width;
            int place = o + row * n;
            for (int k = 0; k < n; k++) {
                int a = at + 2 * k;
                y[place + k] = 0d + x[a] + x[a + 1] + x[a + width] + x[a + width + 1];
            }
        }
    }

    /** Each element is in one window at most, so it is written; added to 0 as in other windows, where −0 becomes 0. */
    private void spreadTiles(float[] x, int i, float[] y, int o) {
        int width = image[2];
        int n = from[2].length;
        for (int row = 0; row < from[1].length; row++) {
            int at = o + 2 * row * width;
            int place = i + row * n;
            for (int k = 0; k < n; k++) {
                int a = at + 2 * k;
                float v = 0f + x[place + k];
                y[a] = v;
                y[a + 1] = v;
                y[a + width] = v;
                y[a + width + 1] = v;
            }
        }
    }

    private void spreadTiles(double[] x, int i, double[] y, int o) {
        int width = image[2];
        int n = from[2].length;
        for (int row = 0; row < from[1].length; row++) {
            int at = o + 2 * row * width;
            int place = i + row * n;
            for (int k = 0; k < n; k++) {
                int a = at + 2 * k;
                double v = 0d + x[place + k];
                y[a] = v;
                y[a + 1] = v;
                y[a + width] = v;
                y[a + width + 1] = v;
            }
        }
    }

    // ---------------------------------------------------------------- the largest

    /**
     * Where in its plane the largest element of each window lies; the first of equals, but of NaNs, which are larger
     * than all numbers, the last.
     */
    public Strided largest(Strided x, Shape shape) {
        Strided in = x.dtype().isNarrow() ? Copy.of(x, DType.I64) : x.rowMajor();
        Strided out = Strided.zeros(DType.I64, shape);
        long[] found = out.longs();
        planes(count(shape, positions()), p -> {
            int i = in.offset() + p * pixels();
            int o = p * positions();
            Arrays.fill(found, o, o + positions(), in.dtype() == DType.F32 ? Long.MIN_VALUE : -1);
            switch (in.array()) {
                case float[] a -> {
                    walk(false, (place, at, stride, n) -> largest(a, i, at, stride, found, o + place, n));
                    for (int k = o; k < o + positions(); k++) {
                        found[k] = (int) (found[k] >>> 32) == NAN ? (int) found[k] : ~(int) found[k];
                    }
                }
                case double[] a ->
                    walk(false, (place, at, stride, n) -> largest(a, i, at, stride, found, o + place, n));
                default ->
                    walk(false, (place, at, stride, n) -> largest(in.longs(), i, at, stride, found, o + place, n));
            }
        });
        return out;
    }

    /**
     * Without a branch, since which is larger can't be guessed: a number in the order of its bits and behind it where it lies,
     * turned round so that of equals the first is largest.
     */
    private static void largest(float[] x, int plane, int at, int stride, long[] found, int place, int n) {
        for (int k = 0; k < n; k++) {
            int lies = at + k * stride;
            float v = x[plane + lies];
            int bits = Float.floatToRawIntBits(v + 0f); // −0 + 0 is 0
            long key = (long) (bits ^ (bits >> 31) >>> 1) << 32 | ~lies & 0xffff_ffffL;
            if (Float.isNaN(v)) {
                key = (long) NAN << 32 | lies;
            }
            found[place + k] = Math.max(found[place + k], key);
        }
    }

    private static void largest(double[] x, int plane, int at, int stride, long[] found, int place, int n) {
        for (int k = 0; k < n; k++) {
            int lies = at + k * stride;
            double v = x[plane + lies];
            int best = (int) found[place + k];
            if (best < 0 || v > x[plane + best] || Double.isNaN(v)) {
                found[place + k] = lies;
            }
        }
    }

    private static void largest(long[] x, int plane, int at, int stride, long[] found, int place, int n) {
        for (int k = 0; k < n; k++) {
            int lies = at + k * stride;
            int best = (int) found[place + k];
            if (best < 0 || x[plane + lies] > x[plane + best]) {
                found[place + k] = lies;
            }
        }
    }

    // ---------------------------------------------------------------- windows

    /** Windows {@code place}, {@code place + 1}, … that see elements {@code at}, {@code at + stride}, … of a plane. */
    @FunctionalInterface
    private interface Seen {
        void of(int place, int at, int stride, int n);
    }

    /**
     * What the windows of a plane see, for each window in ascending order. Windows beside each other that see equally much go
     * together. Where {@code back}, also each element meets its windows in ascending order.
     */
    private void walk(boolean back, Seen body) {
        int[] first = from[2];
        int[] last = to[2];
        int n = first.length;
        int begin = 0;
        for (int k = 1; k < n; k++) {
            begin = last[k] - first[k] > last[begin] - first[begin] ? k : begin;
        }
        int stride = begin + 1 < n ? first[begin + 1] - first[begin] : 1;
        int end = Math.min(begin + 1, n);
        while (end < n
                && first[end] - first[end - 1] == stride
                && last[end] - first[end] == last[begin] - first[begin]) {
            end++;
        }
        for (int i = 0; i < from[0].length; i++) {
            for (int j = 0; j < from[1].length; j++) {
                int place = (i * from[1].length + j) * n;
                for (int z = from[0][i]; z < to[0][i]; z += step[0]) {
                    for (int y = from[1][j]; y < to[1][j]; y += step[1]) {
                        int line = (z * image[1] + y) * image[2];
                        single(0, begin, place, line, body);
                        int seen = end == begin ? 0 : (last[begin] - first[begin] + step[2] - 1) / step[2];
                        for (int w = 0; w < seen; w++) {
                            int at = line + first[begin] + (back ? seen - 1 - w : w) * step[2];
                            body.of(place + begin, at, stride, end - begin);
                        }
                        single(end, n, place, line, body);
                    }
                }
            }
        }
    }

    private void single(int begin, int end, int place, int line, Seen body) {
        for (int k = begin; k < end; k++) {
            for (int w = from[2][k]; w < to[2][k]; w += step[2]) {
                body.of(place + k, line + w, 1, 1);
            }
        }
    }
}
