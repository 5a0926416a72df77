package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.function.UnaryOperator;

/**
 * Initial values of parameters. Each function writes into a tensor, unrecorded, and returns it; the random ones draw what
 * PyTorch's {@code torch.nn.init} draws, from {@link Rng#global()} or from the stream that is given.
 *
 * <pre>{@code
 * net.apply(m -> {
 *     if (m instanceof Linear linear) {
 *         Init.xavierUniform(linear.weight());
 *         Init.zeros(linear.bias());
 *     }
 * });
 * }</pre>
 */
public final class Init {
    private Init() {}

    /**
     * How many inputs an output has and the other way round, of a weight {@code [out, in, window…]}.
     *
     * @param in inputs of an output: in · window
     * @param out outputs of an input: out · window
     */
    public record Fans(long in, long out) {}

    /**
     * Inputs and outputs of a weight {@code [out, in, window…]}.
     *
     * @throws ShapeException if it has fewer than two dimensions
     */
    public static Fans fans(Tensor weight) {
        int rank = weight.shape().rank();
        if (rank < 2) {
            throw new ShapeException(
                    "fans of " + weight.shape()
                            + ": a weight is [out, in] or [out, in, window...]; this has no such sizes. Use uniform or normal.");
        }
        long window = 1;
        for (int d = 2; d < rank; d++) {
            window *= weight.size(d);
        }
        return new Fans(weight.size(1) * window, weight.size(0) * window);
    }

    private static Tensor unrecorded(Tensor t, UnaryOperator<Tensor> body) {
        try (var _ = Autograd.noGrad()) {
            return body.apply(t);
        }
    }

    /** One number everywhere. */
    public static Tensor constant(Tensor t, double value) {
        return unrecorded(t, x -> x.fillInPlace(value));
    }

    /** Ones. */
    public static Tensor ones(Tensor t) {
        return constant(t, 1);
    }

    /** Zeros. */
    public static Tensor zeros(Tensor t) {
        return constant(t, 0);
    }

    /**
     * Ones on the diagonal, zeros elsewhere: a linear layer then passes on its inputs, as many as there are outputs.
     *
     * @throws ShapeException if it is no matrix
     */
    public static Tensor eye(Tensor t) {
        if (t.shape().rank() != 2) {
            throw new ShapeException("eye of " + t.shape() + ": it is for a matrix. For a convolution use dirac.");
        }
        return unrecorded(t, x -> {
            x.zeroInPlace().diagonal().fillInPlace(1.0);
            return x;
        });
    }

    /** As {@link #dirac(Tensor, long)}, of one group. */
    public static Tensor dirac(Tensor t) {
        return dirac(t, 1);
    }

    /**
     * Ones at the middle of the window where a channel meets itself, zeros elsewhere: a convolution then passes on its
     * channels, in each group as many as there are.
     *
     * @param t {@code [out, in, window…]} with one to three dimensions of the window
     * @throws ShapeException if it has another number of dimensions, or {@code groups} does not divide {@code out}
     */
    public static Tensor dirac(Tensor t, long groups) {
        int rank = t.shape().rank();
        if (rank < 3 || rank > 5) {
            throw new ShapeException("dirac of " + t.shape() + ": it is for the weight of a convolution, [out, in,"
                    + " window...]. For a matrix use eye.");
        }
        if (groups < 1 || t.size(0) % groups != 0) {
            throw new ShapeException("dirac of " + t.shape() + " in " + groups
                    + " groups: the first size has to be a multiple of the groups. Check both.");
        }
        return unrecorded(t, x -> {
            Tensor middle = x.zeroInPlace();
            for (int d = 2; d < rank; d++) {
                middle = middle.select(2, middle.size(2) / 2);
            }
            long each = x.size(0) / groups;
            for (long g = 0; g < groups; g++) {
                middle.slice(0, g * each, (g + 1) * each).diagonal().fillInPlace(1.0);
            }
            return x;
        });
    }

    /** Uniform numbers of [0, 1). */
    public static Tensor uniform(Tensor t) {
        return uniform(t, 0, 1);
    }

    /** Uniform numbers of [low, high). */
    public static Tensor uniform(Tensor t, double low, double high) {
        return uniform(Rng.global(), t, low, high);
    }

    /** Uniform numbers of [low, high), from this stream. */
    public static Tensor uniform(Rng rng, Tensor t, double low, double high) {
        return unrecorded(t, x -> x.uniformInPlace(rng, low, high));
    }

    /** Standard normal numbers. */
    public static Tensor normal(Tensor t) {
        return normal(t, 0, 1);
    }

    /** Normal numbers of this mean and standard deviation. */
    public static Tensor normal(Tensor t, double mean, double std) {
        return normal(Rng.global(), t, mean, std);
    }

    /** Normal numbers of this mean and standard deviation, from this stream. */
    public static Tensor normal(Rng rng, Tensor t, double mean, double std) {
        return unrecorded(t, x -> x.normalInPlace(rng, mean, std));
    }

    /** Standard normal numbers between −2 and 2. */
    public static Tensor truncNormal(Tensor t) {
        return truncNormal(t, 0, 1, -2, 2);
    }

    /** As {@link #truncNormal(Rng, Tensor, double, double, double, double)}, from {@link Rng#global()}. */
    public static Tensor truncNormal(Tensor t, double mean, double std, double low, double high) {
        return truncNormal(Rng.global(), t, mean, std, low, high);
    }

    /**
     * Normal numbers of this mean and standard deviation, those outside of {@code [low, high]} drawn again. PyTorch:
     * {@code trunc_normal_}.
     *
     * @throws ValueException if the range is empty, or the deviation not positive
     */
    public static Tensor truncNormal(Rng rng, Tensor t, double mean, double std, double low, double high) {
        return unrecorded(t, x -> TruncatedNormal.fill(rng, x, mean, std, low, high));
    }

    /** As {@link #xavierUniform(Tensor, double)} with gain 1. */
    public static Tensor xavierUniform(Tensor t) {
        return xavierUniform(t, 1);
    }

    /** As {@link #xavierUniform(Rng, Tensor, double)}, from {@link Rng#global()}. */
    public static Tensor xavierUniform(Tensor t, double gain) {
        return xavierUniform(Rng.global(), t, gain);
    }

    /**
     * Uniform numbers of variance gain² · 2 / (in + out). Glorot and Bengio, "Understanding the difficulty of training
     * deep feedforward neural networks", 2010.
     *
     * @param gain {@link Nonlinearity#gain()} of what follows
     * @throws ShapeException if it has fewer than two dimensions
     */
    public static Tensor xavierUniform(Rng rng, Tensor t, double gain) {
        double bound = Math.sqrt(3.0) * xavierStd(t, gain);
        return uniform(rng, t, -bound, bound);
    }

    /** As {@link #xavierNormal(Tensor, double)} with gain 1. */
    public static Tensor xavierNormal(Tensor t) {
        return xavierNormal(t, 1);
    }

    /** As {@link #xavierNormal(Rng, Tensor, double)}, from {@link Rng#global()}. */
    public static Tensor xavierNormal(Tensor t, double gain) {
        return xavierNormal(Rng.global(), t, gain);
    }

    /** Normal numbers of the variance that {@link #xavierUniform(Rng, Tensor, double)} has. */
    public static Tensor xavierNormal(Rng rng, Tensor t, double gain) {
        return normal(rng, t, 0, xavierStd(t, gain));
    }

    private static double xavierStd(Tensor t, double gain) {
        Fans fans = fans(t);
        return fans.in + fans.out == 0 ? 0 : gain * Math.sqrt(2.0 / (fans.in + fans.out));
    }

    /** As {@link #kaimingUniform(Tensor, FanMode, Nonlinearity)} with the inputs, for a relu. */
    public static Tensor kaimingUniform(Tensor t) {
        return kaimingUniform(t, FanMode.FAN_IN, Nonlinearity.RELU);
    }

    /** As {@link #kaimingUniform(Rng, Tensor, FanMode, double)}, from {@link Rng#global()}. */
    public static Tensor kaimingUniform(Tensor t, FanMode mode, Nonlinearity follows) {
        return kaimingUniform(Rng.global(), t, mode, follows.gain());
    }

    /**
     * Uniform numbers of variance gain² / fan. He et al., "Delving Deep into Rectifiers", 2015.
     *
     * @param mode which fan
     * @param gain {@link Nonlinearity#gain()} of what follows, or {@link Nonlinearity#leakyRelu} of a slope (PyTorch's
     *     {@code a})
     * @throws ShapeException if it has fewer than two dimensions
     */
    public static Tensor kaimingUniform(Rng rng, Tensor t, FanMode mode, double gain) {
        double bound = Math.sqrt(3.0) * kaimingStd(t, mode, gain);
        return t.numel() == 0 ? t : uniform(rng, t, -bound, bound);
    }

    /** As {@link #kaimingNormal(Tensor, FanMode, Nonlinearity)} with the inputs, for a relu. */
    public static Tensor kaimingNormal(Tensor t) {
        return kaimingNormal(t, FanMode.FAN_IN, Nonlinearity.RELU);
    }

    /** As {@link #kaimingNormal(Rng, Tensor, FanMode, double)}, from {@link Rng#global()}. */
    public static Tensor kaimingNormal(Tensor t, FanMode mode, Nonlinearity follows) {
        return kaimingNormal(Rng.global(), t, mode, follows.gain());
    }

    /** Normal numbers of the variance that {@link #kaimingUniform(Rng, Tensor, FanMode, double)} has. */
    public static Tensor kaimingNormal(Rng rng, Tensor t, FanMode mode, double gain) {
        double std = kaimingStd(t, mode, gain);
        return t.numel() == 0 ? t : normal(rng, t, 0, std);
    }

    private static double kaimingStd(Tensor t, FanMode mode, double gain) {
        if (t.numel() == 0) {
            return 0;
        }
        Fans fans = fans(t);
        return gain / Math.sqrt((double) (mode == FanMode.FAN_IN ? fans.in : fans.out));
    }

    /** As {@link #orthogonal(Tensor, double)} with gain 1. */
    public static Tensor orthogonal(Tensor t) {
        return orthogonal(t, 1);
    }

    /** As {@link #orthogonal(Rng, Tensor, double)}, from {@link Rng#global()}. */
    public static Tensor orthogonal(Tensor t, double gain) {
        return orthogonal(Rng.global(), t, gain);
    }

    /**
     * Orthonormal rows, or columns where there are more rows, times the gain; of {@code [rows, …]}, whose further
     * dimensions count as one. Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural
     * networks", 2013.
     *
     * @throws ShapeException if it has fewer than two dimensions
     */
    public static Tensor orthogonal(Rng rng, Tensor t, double gain) {
        return unrecorded(t, x -> Orthonormal.fill(rng, x, gain));
    }

    /** As {@link #sparse(Rng, Tensor, double, double)}, from {@link Rng#global()}. */
    public static Tensor sparse(Tensor t, double sparsity, double std) {
        return sparse(Rng.global(), t, sparsity, std);
    }

    /**
     * Normal numbers of mean 0 and this standard deviation, and in each column as many zeros as {@code sparsity} (from 0 to
     * 1) says. Martens, "Deep learning via Hessian-free optimization", 2010.
     *
     * @throws ShapeException if it is no matrix
     * @throws ValueException if {@code sparsity} is not from 0 to 1
     */
    public static Tensor sparse(Rng rng, Tensor t, double sparsity, double std) {
        if (t.shape().rank() != 2) {
            throw new ShapeException("sparse of " + t.shape() + ": zeros are put into each column of a matrix."
                    + " Reshape it to two dimensions.");
        }
        if (!(sparsity >= 0 && sparsity <= 1)) {
            throw new ValueException("sparse with sparsity " + sparsity
                    + ": it is the share of zeros in a column, from 0 to 1. Give such a number.");
        }
        int rows = (int) t.size(0);
        long zeros = (long) Math.ceil(sparsity * rows);
        return unrecorded(t, x -> {
            x.normalInPlace(rng, 0, std);
            for (long column = 0; column < x.size(1); column++) {
                Tensor chosen = Tensor.randperm(rng, rows).slice(0, 0, zeros);
                x.select(1, column).indexFillInPlace(0, chosen, 0);
            }
            return x;
        });
    }

    /** Uniform numbers of [−bound, bound). */
    static void uniform(Tensor t, Rng rng, double bound) {
        uniform(rng, t, -bound, bound);
    }

    /**
     * The bound of Kaiming's uniform rule with leaky-relu slope √5, which PyTorch's layers use by default: it comes to
     * 1/√fanIn. He et al., "Delving Deep into Rectifiers", 2015.
     */
    static double kaimingBound(long fanIn) {
        return Math.sqrt(3.0) * (Nonlinearity.leakyRelu(Math.sqrt(5)) / Math.sqrt((double) fanIn));
    }
}
