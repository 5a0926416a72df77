package adjoint.kernel;

/**
 * Some dimensions of a layout in their order, those that follow each other evenly in memory merged to one: positions
 * counted in row-major order, and where they lie.
 */
record Axes(int[] sizes, int[] strides, int count) {
    /** Those dimensions whose mark is {@code mark}. */
    static Axes of(Strided in, boolean[] marks, boolean mark) {
        int[] sizes = new int[marks.length + 1];
        int[] strides = new int[marks.length + 1];
        int rank = 0;
        int count = 1;
        for (int d = 0; d < marks.length; d++) {
            int size = (int) in.shape().size(d);
            if (marks[d] != mark) {
                continue;
            }
            count *= size;
            int stride = (int) in.stride(d);
            if (size == 1) {
                continue;
            }
            if (rank > 0 && strides[rank - 1] == stride * size) {
                sizes[rank - 1] *= size;
                strides[rank - 1] = stride;
            } else {
                sizes[rank] = size;
                strides[rank++] = stride;
            }
        }
        if (rank == 0) {
            sizes[0] = count;
            strides[rank++] = 1;
        }
        return new Axes(java.util.Arrays.copyOf(sizes, rank), java.util.Arrays.copyOf(strides, rank), count);
    }

    /** The size of the innermost. */
    int inner() {
        return sizes[sizes.length - 1];
    }

    /** Whether elements along the innermost lie side by side. */
    boolean innerDense() {
        return strides[strides.length - 1] == 1;
    }

    /** Whether all positions lie side by side. */
    boolean dense() {
        return sizes.length == 1 && strides[0] == 1;
    }

    /** Where the {@code i}-th position lies. */
    int offset(int i) {
        if (sizes.length == 1) {
            return i * strides[0];
        }
        int at = 0;
        int left = i;
        for (int d = sizes.length - 1; d > 0; d--) {
            at += left % sizes[d] * strides[d];
            left /= sizes[d];
        }
        return at + left * strides[0];
    }

    /** Copies {@code n} elements from position {@code from} on together. */
    void gather(Object array, int base, int from, Object into, int n) {
        walk(from, n, (at, step, done, count) -> copy(array, base + at, step, into, done, 1, count));
    }

    /** Copies {@code n} elements that lie together to the first positions. */
    void scatter(Object from, Object array, int base, int n) {
        walk(0, n, (at, step, done, count) -> copy(from, done, 1, array, base + at, step, count));
    }

    @FunctionalInterface
    private interface Run {
        void run(int at, int step, int done, int count);
    }

    private void walk(int from, int n, Run run) {
        int inner = inner();
        int step = strides[strides.length - 1];
        int done = 0;
        while (done < n) {
            int i = from + done;
            int count = Math.min(n - done, inner - i % inner);
            run.run(offset(i), step, done, count);
            done += count;
        }
    }

    private static void copy(Object from, int at, int step, Object to, int toAt, int toStep, int n) {
        if (step == 1 && toStep == 1) {
            System.arraycopy(from, at, to, toAt, n);
        } else if (from instanceof float[] x) {
            float[] y = (float[]) to;
            for (int i = 0; i < n; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        } else {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < n; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }
    }
}
