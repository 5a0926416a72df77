package adjoint.nn;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Channels made of pixels and pixels of channels: reshaping and permuting. */
final class Shuffles {
    private Shuffles() {}

    private static void check(String name, Tensor x, long factor, boolean fits, String why) {
        if (factor < 1) {
            throw new ValueException(name + ": by " + factor + ": it has to be positive. Give 1 or more.");
        }
        if (x.shape().rank() < 3 || !fits) {
            throw new ShapeException(name + ": x " + x.shape() + " by " + factor
                    + ": it is [..., channels, height, width]," + " and " + why + ". Reshape it or change the factor.");
        }
    }

    private static long from(Tensor x, int dim) {
        return x.shape().rank() < 3 ? 0 : x.size(dim);
    }

    /** The sizes before the last three, then these. */
    private static long[] sizes(Tensor x, long... last) {
        int kept = x.shape().rank() - 3;
        long[] all = Arrays.copyOf(x.shape().sizes(), kept + last.length);
        System.arraycopy(last, 0, all, kept, last.length);
        return all;
    }

    /** Dimensions before the last {@code order.length} stay. */
    private static Tensor permute(Tensor x, int... order) {
        int kept = x.shape().rank() - order.length;
        int[] all = new int[x.shape().rank()];
        Arrays.setAll(all, d -> d < kept ? d : kept + order[d - kept]);
        return x.permute(all);
    }

    static Tensor pixelShuffle(Tensor x, long r) {
        check("pixelShuffle", x, r, r != 0 && from(x, -3) % (r * r) == 0, "channels are a multiple of its square");
        long c = x.size(-3) / (r * r);
        long h = x.size(-2);
        long w = x.size(-1);
        Tensor apart = x.reshape(sizes(x, c, r, r, h, w));
        Tensor y = permute(apart, 0, 3, 1, 4, 2).reshape(sizes(x, c, h * r, w * r));
        return Engine.named(y, "PixelShuffleBackward0");
    }

    static Tensor pixelUnshuffle(Tensor x, long r) {
        check(
                "pixelUnshuffle",
                x,
                r,
                r != 0 && from(x, -2) % r == 0 && from(x, -1) % r == 0,
                "height and width are multiples of it");
        long c = x.size(-3);
        long h = x.size(-2) / r;
        long w = x.size(-1) / r;
        Tensor apart = x.reshape(sizes(x, c, h, r, w, r));
        Tensor y = permute(apart, 0, 2, 4, 1, 3).reshape(sizes(x, c * r * r, h, w));
        return Engine.named(y, "PixelUnshuffleBackward0");
    }

    /** Channels of all groups in turn; {@code x [n, channels, …]}. */
    static Tensor channelShuffle(Tensor x, long groups) {
        boolean fits = groups > 0 && x.shape().rank() > 2 && x.size(1) % groups == 0;
        if (!fits) {
            throw new ShapeException("channelShuffle: x " + x.shape() + " in " + groups
                    + " groups: it is [n, channels, …], with channels a multiple of the groups. Change one.");
        }
        long[] sizes = x.shape().sizes();
        long[] apart = new long[sizes.length + 1];
        apart[0] = sizes[0];
        apart[1] = groups;
        apart[2] = sizes[1] / groups;
        System.arraycopy(sizes, 2, apart, 3, sizes.length - 2);
        return Engine.named(x.reshape(apart).transpose(1, 2).reshape(sizes), "NativeChannelShuffleBackward0");
    }
}
