package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Randomly leaving out elements or channels, in training. */
final class Dropouts {
    /** λ·α of {@code selu}, whose smallest value is −λ·α: that is what an element which is left out becomes. */
    private static final double ALPHA = 1.7580993408473766;

    private Dropouts() {}

    /** What is left out at once. */
    enum Unit {
        ELEMENT,
        /** All of a channel, the second dimension. */
        CHANNEL
    }

    static void checkProbability(String name, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new ValueException(name + " with probability " + p
                    + ": it is the share that is left out, from 0 to 1. Give such a number.");
        }
    }

    static Tensor dropout(String name, Tensor x, double p, Unit unit, Rng rng) {
        checkProbability(name, p);
        if (p == 0 || x.numel() == 0) {
            return x;
        }
        return x.mul(
                p == 1 ? Tensor.zeros(x.dtype()) : noise(name, x, p, unit, rng).div(1 - p));
    }

    static Tensor dropoutInPlace(Tensor x, double p, Rng rng) {
        checkProbability("dropoutInPlace", p);
        if (p == 0 || x.numel() == 0) {
            return x;
        }
        return x.mulInPlace(
                p == 1
                        ? Tensor.zeros(x.dtype())
                        : noise("dropoutInPlace", x, p, Unit.ELEMENT, rng).div(1 - p));
    }

    /** Klambauer et al., "Self-Normalizing Neural Networks", 2017. */
    static Tensor alphaDropout(String name, Tensor x, double p, Unit unit, Rng rng) {
        checkProbability(name, p);
        if (p == 0 || x.numel() == 0) {
            return x;
        }
        if (p == 1) {
            return x.mul(Tensor.zeros(x.dtype()));
        }
        double scale = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
        Tensor noise = noise(name, x, p, unit, rng);
        Tensor shift = noise.sub(1.0).mul(ALPHA * scale).add(ALPHA * scale * p);
        return x.mul(noise.mul(scale)).add(shift);
    }

    /**
     * Channels of {@code [batch, channels, sizes…]}, as many sizes as {@code spatial} says, or of one example.
     *
     * @param name {@code dropout1d} and so on
     */
    static Tensor channelDropout(String name, Tensor x, double p, int spatial, Rng rng) {
        checkProbability(name, p);
        int rank = x.shape().rank();
        if (rank != spatial + 1 && rank != spatial + 2) {
            throw new ShapeException(name + " of " + x.shape() + ": it leaves out channels of [batch, channels"
                    + ", size".repeat(spatial) + "], or of one example without the batch. Reshape it, or use dropout.");
        }
        // PyTorch takes a matrix for each of several channels (2d) to be a batch of channels that are lines.
        boolean batched = rank == spatial + 2 || spatial == 2;
        return batched
                ? dropout(name, x, p, Unit.CHANNEL, rng)
                : dropout(name, x.unsqueeze(0), p, Unit.CHANNEL, rng).squeeze(0);
    }

    /** 0 with probability {@code p}, else 1. */
    private static Tensor noise(String name, Tensor x, double p, Unit unit, Rng rng) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(name + " of " + x.dtype()
                    + " numbers: what stays is divided by 1 - p. Convert them with to(DType.F32).");
        }
        return (unit == Unit.ELEMENT ? x : eachChannel(name, x)).bernoulli(rng, 1 - p);
    }

    /** A tensor with one element for each channel of each example. */
    private static Tensor eachChannel(String name, Tensor x) {
        int rank = x.shape().rank();
        if (rank < 2) {
            throw new ShapeException(name + " of " + x.shape()
                    + ": the second dimension counts the channels, and there is none. Reshape it.");
        }
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 1);
        sizes[0] = x.size(0);
        sizes[1] = x.size(1);
        return Tensor.zeros(x.dtype(), sizes);
    }
}
