package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

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
        planes(count(shape, positions()), p -> {
            int at = in.offset() + p * pixels();
            int o = p * positions();
            switch (x.dtype()) {
                case F32 -> walk((place, line, w0, w1) -> add(in.floats(), at + line, w0, w1, out.floats(), o + place));
                case F64 ->
                    walk((place, line, w0, w1) -> add(in.doubles(), at + line, w0, w1, out.doubles(), o + place));
                default ->
                    walk((place, line, w0, w1) -> {
                        long sum = out.integer(o + place);
                        for (int w = w0; w < w1; w += step[2]) {
                            sum += in.integer(at + line + w);
                        }
                        out.setInteger(o + place, sum);
                    });
            }
        });
        return out;
    }

    /** The transpose of {@link #sum}: each number added to all elements of its window. */
    public Strided spread(Strided g, Shape shape) {
        Strided in = g.rowMajor();
        Strided out = Strided.zeros(g.dtype(), shape);
        planes(count(shape, pixels()), p -> {
            int at = p * pixels();
            int o = in.offset() + p * positions();
            switch (g.dtype()) {
                case F32 ->
                    walk((place, line, w0, w1) -> spread(in.floats()[o + place], out.floats(), at + line, w0, w1));
                case F64 ->
                    walk((place, line, w0, w1) -> spread(in.doubles()[o + place], out.doubles(), at + line, w0, w1));
                default ->
                    walk((place, line, w0, w1) -> {
                        for (int w = w0; w < w1; w += step[2]) {
                            int to1 = at + line + w;
                            out.setInteger(to1, out.integer(to1) + in.integer(o + place));
                        }
                    });
            }
        });
        return out;
    }

    private void add(float[] x, int line, int w0, int w1, float[] y, int place) {
        float sum = y[place];
        for (int w = w0; w < w1; w += step[2]) {
            sum += x[line + w];
        }
        y[place] = sum;
    }

    private void add(double[] x, int line, int w0, int w1, double[] y, int place) {
        double sum = y[place];
        for (int w = w0; w < w1; w += step[2]) {
            sum += x[line + w];
        }
        y[place] = sum;
    }

    private void spread(float g, float[] x, int line, int w0, int w1) {
        for (int w = w0; w < w1; w += step[2]) {
            x[line + w] += g;
        }
    }

    private void spread(double g, double[] x, int line, int w0, int w1) {
        for (int w = w0; w < w1; w += step[2]) {
            x[line + w] += g;
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
            int at = in.offset() + p * pixels();
            int o = p * positions();
            java.util.Arrays.fill(found, o, o + positions(), -1);
            switch (in.dtype()) {
                case F32 -> walk((place, line, w0, w1) -> largest(in.floats(), at, line, w0, w1, found, o + place));
                case F64 -> walk((place, line, w0, w1) -> largest(in.doubles(), at, line, w0, w1, found, o + place));
                default -> walk((place, line, w0, w1) -> largest(in.longs(), at, line, w0, w1, found, o + place));
            }
        });
        return out;
    }

    private void largest(float[] x, int plane, int line, int w0, int w1, long[] found, int place) {
        int best = (int) found[place];
        best = best < 0 ? line + w0 : best;
        float value = x[plane + best];
        for (int w = w0; w < w1; w += step[2]) {
            float v = x[plane + line + w];
            if (v > value || Float.isNaN(v)) {
                value = v;
                best = line + w;
            }
        }
        found[place] = best;
    }

    private void largest(double[] x, int plane, int line, int w0, int w1, long[] found, int place) {
        int best = (int) found[place];
        best = best < 0 ? line + w0 : best;
        double value = x[plane + best];
        for (int w = w0; w < w1; w += step[2]) {
            double v = x[plane + line + w];
            if (v > value || Double.isNaN(v)) {
                value = v;
                best = line + w;
            }
        }
        found[place] = best;
    }

    private void largest(long[] x, int plane, int line, int w0, int w1, long[] found, int place) {
        int best = (int) found[place];
        best = best < 0 ? line + w0 : best;
        for (int w = w0; w < w1; w += step[2]) {
            best = x[plane + line + w] > x[plane + best] ? line + w : best;
        }
        found[place] = best;
    }

    // ---------------------------------------------------------------- windows

    /** A line of a window: elements {@code line + w0} up to {@code line + w1} of a plane, for the result at {@code place}. */
    @FunctionalInterface
    private interface Line {
        void of(int place, int line, int w0, int w1);
    }

    /** The lines of all windows of a plane, each window's together and in ascending order. */
    private void walk(Line body) {
        int place = 0;
        for (int i = 0; i < from[0].length; i++) {
            for (int j = 0; j < from[1].length; j++) {
                for (int k = 0; k < from[2].length; k++) {
                    for (int z = from[0][i]; z < to[0][i]; z += step[0]) {
                        for (int y = from[1][j]; y < to[1][j]; y += step[1]) {
                            body.of(place, (z * image[1] + y) * image[2], from[2][k], to[2][k]);
                        }
                    }
                    place++;
                }
            }
        }
    }
}
