package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.op.Dims;
import adjoint.op.LayerNormOp;
import adjoint.op.Standardize;
import adjoint.op.Standardize.Centre;
import adjoint.op.Ternary;
import adjoint.tensor.Dim;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Values scaled to mean 0 and variance 1 over some dimensions, and what comes with it. */
final class Normalizations {
    private Normalizations() {}

    private static Tensor standard(Tensor x, Centre centre, double eps, int... dims) {
        return Engine.run(new Standardize(Dims.of(x.shape(), dims), centre, eps), x);
    }

    /** Weighed and shifted, where there is something to do it with. */
    private static Tensor affine(Tensor standard, Tensor weight, Tensor bias) {
        if (weight != null && bias != null) {
            return Engine.run(Ternary.MUL_ADD, standard, weight, bias);
        }
        Tensor y = weight == null ? standard : standard.mul(weight);
        return bias == null ? y : y.add(bias);
    }

    private static int[] allButChannels(Tensor x) {
        return IntStream.range(0, x.shape().rank()).filter(d -> d != 1).toArray();
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static void checkReal(String name, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + x.dtype() + " tensor: what is normalised is fractions."
                    + " Convert it with to(DType.F32).");
        }
    }

    /** A parameter has to be of the type of {@code x} and of this shape; null is none. */
    private static void checkParameter(String name, String what, Tensor x, Tensor parameter, Shape shape) {
        if (parameter == null) {
            return;
        }
        if (!parameter.shape().equals(shape)) {
            throw new ShapeException(name + ": x " + x.shape() + " with " + what + " " + parameter.shape()
                    + ": it has to be of shape " + shape + ". Check the sizes the layer was made with.");
        }
        if (parameter.dtype() != x.dtype()) {
            throw new DTypeException(name + ": x of " + x.dtype() + " with " + what + " of " + parameter.dtype()
                    + ": the types differ. Convert one of them with to(…).");
        }
    }

    // ---------------------------------------------------------------- over a batch

    static Tensor batchInUse(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
        checkBatch("batchNorm", x, mean, variance, weight, bias);
        if (mean == null) {
            throw new ValueException("batchNorm: of x " + x.shape() + " without means and variances: in use they are"
                    + " given. Give them, or use batchNormTraining, which takes those of the batch.");
        }
        if (eps < 0) {
            throw new ValueException("batchNorm: with eps " + eps + ": it is added to variances. Give 0 or more.");
        }
        long[] shape = channels(x);
        Tensor standard =
                x.sub(mean.reshape(shape)).mul(variance.add(eps).rsqrt().reshape(shape));
        return named(affine(standard, reshaped(weight, shape), reshaped(bias, shape)));
    }

    private static Tensor named(Tensor y) {
        return Engine.named(y, "NativeBatchNormBackward0");
    }

    private static Tensor reshaped(Tensor t, long... shape) {
        return t == null ? null : t.reshape(shape);
    }

    static Tensor batchTraining(
            Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double momentum, double eps) {
        checkBatch("batchNorm", x, mean, variance, weight, bias);
        long count = x.size(1) == 0 ? 0 : x.numel() / x.size(1);
        checkSeveral("batchNorm", x, count);
        if (!(eps > 0)) {
            throw new ValueException("batchNorm: with eps " + eps + ": it keeps a variance of 0 from being divided by."
                    + " Give more than 0.");
        }
        int[] dims = allButChannels(x);
        if (mean != null && count > 0) {
            move(mean, x.detach().mean(dims), momentum);
            move(variance, x.detach().var(1, dims, Dim.DROP), momentum);
        }
        long[] shape = channels(x);
        Tensor standard = standard(x, Centre.MEAN, eps, dims);
        return named(affine(standard, reshaped(weight, shape), reshaped(bias, shape)));
    }

    private static void checkBatch(String name, Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias) {
        checkReal(name, x);
        if (x.shape().rank() < 2) {
            throw new ShapeException(name + ": of x " + x.shape() + ": it has to be [n, channels, ...]. Reshape it.");
        }
        if ((mean == null) != (variance == null)) {
            throw new ValueException(
                    name + ": with " + (mean == null ? "variances but no means" : "means but no variances")
                            + ": they go together. Give both or neither.");
        }
        Shape channels = Shape.of(x.size(1));
        checkParameter(name, "a mean", x, mean, channels);
        checkParameter(name, "a variance", x, variance, channels);
        checkParameter(name, "weight", x, weight, channels);
        checkParameter(name, "bias", x, bias, channels);
    }

    private static void checkSeveral(String name, Tensor x, long count) {
        if (count == 1) {
            throw new ShapeException(name + ": of x " + x.shape() + " by its own statistics: with one value each, all"
                    + " would become 0. Give more values, or call eval() first.");
        }
    }

    /** How many values each channel of an example has. */
    private static long places(Tensor x) {
        return Arrays.stream(x.shape().sizes()).skip(2).reduce(1, (a, b) -> a * b);
    }

    /** {@code [1, channels, 1, ...]}. */
    private static long[] channels(Tensor x) {
        long[] sizes = new long[x.shape().rank()];
        Arrays.fill(sizes, 1);
        sizes[1] = x.size(1);
        return sizes;
    }

    /** Moves a running value towards a new one. */
    private static void move(Tensor running, Tensor found, double momentum) {
        try (var _ = Autograd.noGrad()) {
            running.copyInPlace(running.mul(1 - momentum).add(found.mul(momentum)));
        }
    }

    // ---------------------------------------------------------------- over each example

    static Tensor instanceTraining(
            Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double momentum, double eps) {
        checkBatch("instanceNorm", x, mean, variance, weight, bias);
        long places = places(x);
        checkSeveral("instanceNorm", x, places);
        int[] dims = range(2, x.shape().rank());
        if (mean != null && x.numel() > 0) {
            move(mean, x.detach().mean(dims).mean(0), momentum);
            move(variance, x.detach().var(1, dims, Dim.DROP).mean(0), momentum);
        }
        long[] shape = channels(x);
        Tensor standard = standard(x, Centre.MEAN, eps, dims);
        return named(affine(standard, reshaped(weight, shape), reshaped(bias, shape)));
    }

    static Tensor layer(Tensor x, long[] shape, Tensor weight, Tensor bias, double eps) {
        int from = checkLast("layerNorm", x, shape, weight, bias);
        Tensor y = overLast(x, Centre.MEAN, from, weight, bias, eps);
        return Engine.named(y, "NativeLayerNormBackward0");
    }

    static Tensor rms(Tensor x, long[] shape, Tensor weight, double eps) {
        int from = checkLast("rmsNorm", x, shape, weight, null);
        return Engine.named(overLast(x, Centre.ZERO, from, weight, null, eps), "MulBackward0");
    }

    private static Tensor overLast(Tensor x, Centre centre, int from, Tensor weight, Tensor bias, double eps) {
        int rank = x.shape().rank();
        if (weight == null) {
            return affine(standard(x, centre, eps, range(from, rank)), null, bias);
        }
        var op = new LayerNormOp(rank - from, centre, eps);
        return bias == null ? Engine.run(op, x, weight) : Engine.run(op, x, weight, bias);
    }

    /** The smallest step from 1: what keeps rmsNorm from dividing by 0 if nothing else is said. */
    static double smallest(DType dtype) {
        return dtype == DType.F64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    /** The first of the last dimensions, which have to be of this shape. */
    private static int checkLast(String name, Tensor x, long[] shape, Tensor weight, Tensor bias) {
        checkReal(name, x);
        if (shape.length == 0) {
            throw new ShapeException(name + ": of x " + x.shape() + " over no dimension: at least one is normalised."
                    + " Give the sizes of the last dimensions.");
        }
        Shape wanted = Shape.of(shape);
        long[] sizes = x.shape().sizes();
        int from = sizes.length - shape.length;
        if (from < 0 || !Arrays.equals(shape, Arrays.copyOfRange(sizes, from, sizes.length))) {
            throw new ShapeException(name + ": of x " + x.shape() + " over a shape of " + wanted
                    + ": the last sizes of x have to be these. Check the layer's shape or transpose x.");
        }
        checkParameter(name, "weight", x, weight, wanted);
        checkParameter(name, "bias", x, bias, wanted);
        return from;
    }

    static Tensor group(Tensor x, long groups, Tensor weight, Tensor bias, double eps) {
        checkReal("groupNorm", x);
        if (x.shape().rank() < 2) {
            throw new ShapeException("groupNorm: of x " + x.shape() + ": it has to be [n, channels, ...]. Reshape it.");
        }
        checkGroups("groupNorm", groups, x.size(1));
        Shape channels = Shape.of(x.size(1));
        checkParameter("groupNorm", "weight", x, weight, channels);
        checkParameter("groupNorm", "bias", x, bias, channels);
        if (x.numel() == groups) { // PyTorch's rule: one value for all, however many examples
            checkSeveral("groupNorm", x, 1);
        }
        long[] shape = channels(x);
        Tensor grouped = x.reshape(x.size(0), groups, x.size(1) / groups * places(x));
        Tensor standard =
                standard(grouped, Centre.MEAN, eps, 2).reshape(x.shape().sizes());
        Tensor y = affine(standard, reshaped(weight, shape), reshaped(bias, shape));
        return Engine.named(y, "NativeGroupNormBackward0");
    }

    static void checkGroups(String name, long groups, long channels) {
        if (groups <= 0 || channels % groups != 0) {
            throw new ValueException(name + ": " + channels + " channels in " + groups
                    + " groups: they have to be of equal size. Give a number that divides " + channels + ".");
        }
    }

    // ---------------------------------------------------------------- over neighbouring channels

    static Tensor localResponse(Tensor x, long size, double alpha, double beta, double k) {
        if (x.shape().rank() < 3) {
            throw new ShapeException(
                    "localResponseNorm: of x " + x.shape() + ": it has to be [n, channels, places, ...]. Reshape it.");
        }
        if (size <= 0) {
            throw new ValueException("localResponseNorm: over " + size + " channels: at least one is needed. Give a"
                    + " positive number.");
        }
        if (x.numel() == 0) {
            return x;
        }
        Tensor squares = x.square();
        Tensor padded = Tensor.cat(1, zeros(squares, size / 2), squares, zeros(squares, (size - 1) / 2));
        Tensor means = padded.unfold(1, size, 1).mean(-1);
        return x.div(means.mul(alpha).add(k).pow(beta));
    }

    private static Tensor zeros(Tensor like, long channels) {
        long[] sizes = like.shape().sizes();
        sizes[1] = channels;
        return Tensor.zeros(like.dtype(), sizes);
    }
}
