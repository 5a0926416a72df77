package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.types.Shape;

/** Arithmetic on strides. */
public final class Layouts {
    private Layouts() {}

    /**
     * The strides that show {@code x}'s elements, in order, as {@code to}; null where only a copy can. Works as
     * PyTorch's {@code computeStride}: each run of dimensions that lie evenly is divided anew.
     */
    public static long[] reshape(Strided x, Shape to) {
        if (x.isRowMajor() || x.numel() == 0) {
            return to.strides();
        }
        int oldRank = x.shape().rank();
        int view = to.rank() - 1;
        long[] strides = new long[to.rank()];
        long chunkStride = x.stride(oldRank - 1);
        long chunk = 1;
        long viewed = 1;
        for (int d = oldRank - 1; d >= 0; d--) {
            chunk *= x.shape().size(d);
            boolean ends = d == 0 || (x.shape().size(d - 1) != 1 && x.stride(d - 1) != chunk * chunkStride);
            if (!ends) {
                continue;
            }
            while (view >= 0 && (viewed < chunk || to.size(view) == 1)) {
                strides[view] = viewed * chunkStride;
                viewed *= to.size(view);
                view--;
            }
            if (viewed != chunk) {
                return null;
            }
            if (d > 0) {
                chunkStride = x.stride(d - 1);
                chunk = 1;
                viewed = 1;
            }
        }
        return view == -1 ? strides : null;
    }
}
