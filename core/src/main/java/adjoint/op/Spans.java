package adjoint.op;

import adjoint.kernel.Pool;
import java.util.List;

/**
 * The windows along one dimension: window {@code i} sees the elements from {@code from(i)} up to {@code to(i)}, every
 * {@code step}-th. They never reach over the edge.
 */
public final class Spans {
    private final int size;
    private final int[] from;
    private final int[] to;
    private final int step;

    private Spans(int size, int[] from, int[] to, int step) {
        this.size = size;
        this.from = from;
        this.to = to;
        this.step = step;
    }

    /**
     * Windows of {@code window} elements, of each the part that lies inside.
     *
     * @param size the size of the dimension
     * @param padding how far the first window begins before the first element
     */
    public static Spans sliding(long size, long window, long stride, long padding, long dilation, long count) {
        int[] from = new int[(int) count];
        int[] to = new int[(int) count];
        for (int i = 0; i < count; i++) {
            long start = i * stride - padding;
            long end = start + (window - 1) * dilation + 1;
            from[i] = (int) (start < 0 ? start + Math.ceilDiv(-start, dilation) * dilation : start);
            to[i] = (int) Math.min(end, size);
        }
        return new Spans((int) size, from, to, (int) dilation);
    }

    /** As many windows as are wanted, of nearly equal sizes, that cover all. */
    public static Spans even(long size, long count) {
        int[] from = new int[(int) count];
        int[] to = new int[(int) count];
        for (int i = 0; i < count; i++) {
            from[i] = (int) (i * size / count);
            to[i] = (int) Math.ceilDiv((i + 1) * size, count);
        }
        return new Spans((int) size, from, to, 1);
    }

    /** How many windows there are. */
    public int count() {
        return from.length;
    }

    /** How many elements window {@code i} sees. */
    public int length(int i) {
        return Math.max(0, Math.ceilDiv(to[i] - from[i], step));
    }

    /** The windows over the last dimensions of a tensor, one entry each. */
    static Pool pool(List<Spans> dims) {
        int[] image = {1, 1, 1};
        int[][] from = {{0}, {0}, {0}};
        int[][] to = {{1}, {1}, {1}};
        int[] step = {1, 1, 1};
        for (int i = 0; i < dims.size(); i++) {
            int d = 3 - dims.size() + i;
            Spans spans = dims.get(i);
            image[d] = spans.size;
            from[d] = spans.from;
            to[d] = spans.to;
            step[d] = spans.step;
        }
        return new Pool(image, from, to, step);
    }

    @Override
    public String toString() {
        return count() + " of " + size;
    }
}
