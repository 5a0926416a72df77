package adjoint.nn;

import adjoint.nn.Interpolation.Method;
import adjoint.op.Resample;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/**
 * Interpolation, dimension by dimension, the last one first. Positions and weights are computed as PyTorch does it (in
 * single precision for F32), since rounding decides which element is the nearest.
 */
final class Resizing {
    private static final double CUBIC = -0.75;
    private static final double CUBIC_ANTIALIAS = -0.5;

    private Resizing() {}

    static Tensor interpolate(Tensor x, Interpolation how) {
        int dims = x.shape().rank() - 2;
        checkInput(x, dims, how);
        long[] sizes = new long[dims];
        for (int d = 0; d < dims; d++) {
            long old = x.size(2 + d);
            sizes[d] = how.size != null
                    ? how.size.get(how.size.size() == 1 ? 0 : d)
                    : (long) Math.floor(old * factor(how, d));
            if (sizes[d] < 1) {
                throw new ShapeException("interpolate: x " + x.shape() + " by " + how.scale
                        + ": nothing would be left. Give a larger factor.");
            }
        }
        if (how.method == Method.AREA) {
            return Pools.adaptiveAverage(dims, x, sizes);
        }
        Tensor y = x;
        for (int d = dims - 1; d >= 0; d--) {
            long old = x.size(2 + d);
            boolean given = how.scale != null && !how.recompute;
            y = along(y, 2 + d, sizes[d], how, given ? 1 / factor(how, d) : (double) old / sizes[d]);
        }
        return Engine.named(y == x ? x.clone() : y, gradName(how, dims));
    }

    private static double factor(Interpolation how, int d) {
        return how.scale.get(how.scale.size() == 1 ? 0 : d);
    }

    private static String gradName(Interpolation how, int dims) {
        String stem = switch (how.method) {
            case NEAREST -> "Nearest" + dims + "D";
            case NEAREST_EXACT -> "NearestExact" + dims + "D";
            case LINEAR -> "Linear1D";
            case BILINEAR -> "Bilinear2D";
            case TRILINEAR -> "Trilinear3D";
            default -> "Bicubic2D";
        };
        return "Upsample" + stem + (how.antialias ? "Aa" : "") + "Backward0";
    }

    private static void checkInput(Tensor x, int dims, Interpolation how) {
        String what = "interpolate: x " + x.shape() + " with " + how.method.torchName;
        if (dims < 1 || dims > 3 || (how.method.isSmooth() && how.method.dims != dims)) {
            throw new ShapeException(what + ": x has examples and channels and then "
                    + (how.method.isSmooth() ? how.method.dims : "one to three")
                    + " dimensions. Reshape it, or take the method for its dimensions.");
        }
        for (int d = 1; d < dims + 2; d++) {
            if (x.size(d) == 0) {
                throw new ShapeException(
                        what + ": dimension " + d + " is empty, so there is nothing to take." + " Check the data.");
            }
        }
        int numbers = how.size != null ? how.size.size() : how.scale.size();
        if (numbers != 1 && numbers != dims) {
            throw new ValueException(what + " to " + (how.size != null ? how.size : how.scale) + ": there are " + dims
                    + " dimensions. Give one number, or " + dims + ".");
        }
        if ((how.aligned && !how.method.isSmooth())
                || (how.antialias && how.method != Method.BILINEAR && how.method != Method.BICUBIC)
                || (how.recompute && how.scale == null)) {
            throw new ValueException(what + (how.recompute && how.scale == null ? " and recomputeScale" : "")
                    + (how.aligned ? " and alignCorners" : "") + (how.antialias ? " and antialias" : "")
                    + ": corners are aligned by lines and curves, antialias is for bilinear and bicubic, and a scale is"
                    + " recomputed where one was given. Leave it out.");
        }
        if (how.method.isSmooth() && !x.dtype().isFloating()) {
            throw new DTypeException(what + ": of " + x.dtype() + ": what lies between is not a whole number."
                    + " Convert with to(DType.F32).");
        }
    }

    // ---------------------------------------------------------------- one dimension

    /** @param ratio old elements for each new one, where corners are not aligned */
    private static Tensor along(Tensor x, int dim, long size, Interpolation how, double ratio) {
        int old = (int) x.size(dim);
        boolean single = x.dtype() == DType.F32;
        int[][] positions = new int[(int) size][];
        double[][] weights = new double[(int) size][];
        double step = how.aligned ? size > 1 ? (old - 1.0) / (size - 1) : 0 : ratio;
        double rounded = single ? (float) step : step;
        for (int i = 0; i < size; i++) {
            if (!how.method.isSmooth()) {
                positions[i] = new int[] {nearest(how.method, i, old, (float) ratio)};
                weights[i] = new double[] {1};
            } else if (how.antialias) {
                antialias(i, old, step, how.method, positions, weights);
            } else {
                double at = how.aligned ? rounded * i : rounded * (i + 0.5) - 0.5;
                at = single ? (float) at : at;
                if (how.method == Method.BICUBIC) {
                    cubic(i, old, at, positions, weights);
                } else {
                    linear(i, old, size, Math.max(at, 0), positions, weights);
                }
            }
        }
        if (!how.method.isSmooth() && !x.dtype().isFloating()) {
            return x.indexSelect(
                    dim, Tensor.of(Arrays.stream(positions).mapToLong(p -> p[0]).toArray()));
        }
        long[] sizes = x.shape().sizes();
        sizes[dim] = size;
        return Engine.run(
                new Resample(dim, new Resample.Taps(positions, weights), x.shape(), Shape.of(sizes), Resample.Way.READ),
                x);
    }

    private static int nearest(Method method, int i, int old, float ratio) {
        if (method == Method.NEAREST_EXACT) {
            return Math.min((int) Math.floor((float) ((i + 0.5) * ratio)), old - 1);
        }
        return Math.min((int) Math.floor(i * ratio), old - 1);
    }

    private static void linear(int i, int old, long size, double at, int[][] positions, double[][] weights) {
        int low = size == old ? i : Math.min((int) at, old - 1);
        double high = size == old ? 0 : Math.clamp(at - low, 0, 1);
        positions[i] = new int[] {low, size == old ? low : Math.min(low + 1, old - 1)};
        weights[i] = new double[] {1 - high, high};
    }

    /** Keys, "Cubic convolution interpolation for digital image processing", 1981. */
    private static void cubic(int i, int old, double at, int[][] positions, double[][] weights) {
        int low = (int) Math.min(Math.floor(at), old - 1);
        double t = Math.clamp(at - low, 0, 1);
        positions[i] = new int[4];
        weights[i] = new double[] {outer(t + 1), inner(t, CUBIC), inner(1 - t, CUBIC), outer(2 - t)};
        for (int k = 0; k < 4; k++) {
            positions[i][k] = Math.clamp(low - 1 + k, 0, old - 1);
        }
    }

    private static double inner(double x, double a) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    }

    private static double outer(double x) {
        return outer(x, CUBIC);
    }

    private static double outer(double x, double a) {
        return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    }

    /** The kernel stretched over as many elements as a new one covers. */
    private static void antialias(int i, int old, double step, Method method, int[][] positions, double[][] weights) {
        double stretch = Math.max(step, 1);
        double support = (method == Method.BICUBIC ? 2 : 1) * stretch;
        double center = step * (i + 0.5);
        int from = Math.max((int) (center - support + 0.5), 0);
        int to = Math.min((int) (center + support + 0.5), old);
        positions[i] = new int[to - from];
        weights[i] = new double[to - from];
        double sum = 0;
        for (int k = 0; k < to - from; k++) {
            double distance = Math.abs((k + from - center + 0.5) / stretch);
            positions[i][k] = from + k;
            weights[i][k] = method == Method.BICUBIC
                    ? distance < 1
                            ? inner(distance, CUBIC_ANTIALIAS)
                            : distance < 2 ? outer(distance, CUBIC_ANTIALIAS) : 0
                    : Math.max(1 - distance, 0);
            sum += weights[i][k];
        }
        for (int k = 0; k < to - from; k++) {
            weights[i][k] /= sum;
        }
    }
}
