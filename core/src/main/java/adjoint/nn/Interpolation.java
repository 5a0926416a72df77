package adjoint.nn;

import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * To what size, and how, images are made larger or smaller, for {@link Functional#interpolate} and {@link Upsample}:
 *
 * <pre>{@code
 * Functional.interpolate(x, Interpolation.scale(2).bilinear());
 * new Upsample(Interpolation.size(224, 224).bicubic().alignCorners());
 * }</pre>
 *
 * <p>One number is for all dimensions. Without a method named, the nearest element is taken. Immutable: each method gives
 * another.
 */
public final class Interpolation {
    /** How new elements come from old ones. */
    enum Method {
        NEAREST("nearest", 0),
        NEAREST_EXACT("nearest-exact", 0),
        LINEAR("linear", 1),
        BILINEAR("bilinear", 2),
        TRILINEAR("trilinear", 3),
        BICUBIC("bicubic", 2),
        AREA("area", 0);

        final String torchName;

        /** For how many dimensions; 0 for any. */
        final int dims;

        Method(String torchName, int dims) {
            this.torchName = torchName;
            this.dims = dims;
        }

        boolean isSmooth() {
            return dims > 0;
        }
    }

    final List<Long> size;
    final List<Double> scale;
    final Method method;
    final boolean aligned;
    final boolean antialias;
    final boolean recompute;

    private Interpolation(
            List<Long> size, List<Double> scale, Method method, boolean aligned, boolean antialias, boolean recompute) {
        this.size = size;
        this.scale = scale;
        this.method = method;
        this.aligned = aligned;
        this.antialias = antialias;
        this.recompute = recompute;
    }

    /** To these sizes. */
    public static Interpolation size(long... sizes) {
        return new Interpolation(Convolution.numbers("size", 1, sizes), null, Method.NEAREST, false, false, false);
    }

    /**
     * To so many times the size, rounded down.
     *
     * @throws ValueException if a factor is not positive
     */
    public static Interpolation scale(double... factors) {
        if (factors.length == 0 || Arrays.stream(factors).anyMatch(f -> !(f > 0) || Double.isInfinite(f))) {
            throw new ValueException("scale: " + Arrays.toString(factors)
                    + ": factors are positive. Give one, or one for each dimension.");
        }
        List<Double> scale = Arrays.stream(factors).boxed().toList();
        return new Interpolation(null, scale, Method.NEAREST, false, false, false);
    }

    private Interpolation method(Method other) {
        return new Interpolation(size, scale, other, aligned, antialias, recompute);
    }

    /** The nearest element, as PyTorch's {@code nearest} finds it: the one at {@code ⌊i · old / new⌋}. */
    public Interpolation nearest() {
        return method(Method.NEAREST);
    }

    /** The element in which the middle of the new one lies, as other libraries do. PyTorch: {@code nearest-exact}. */
    public Interpolation nearestExact() {
        return method(Method.NEAREST_EXACT);
    }

    /** Straight lines between elements, in one dimension. */
    public Interpolation linear() {
        return method(Method.LINEAR);
    }

    /** Straight lines between elements, in two dimensions. */
    public Interpolation bilinear() {
        return method(Method.BILINEAR);
    }

    /** Straight lines between elements, in three dimensions. */
    public Interpolation trilinear() {
        return method(Method.TRILINEAR);
    }

    /** Cubic curves through elements (Keys' with a = −¾), in two dimensions; may overshoot. */
    public Interpolation bicubic() {
        return method(Method.BICUBIC);
    }

    /** Averages of the old elements that a new one covers. */
    public Interpolation area() {
        return method(Method.AREA);
    }

    /** The middles of the outermost elements stay where they are, rather than the edges. For lines and curves. */
    public Interpolation alignCorners() {
        return new Interpolation(size, scale, method, true, antialias, recompute);
    }

    /** When making smaller, all elements count and not only the neighbours. For two dimensions. */
    public Interpolation antialias() {
        return new Interpolation(size, scale, method, aligned, true, recompute);
    }

    /** Computes with the factor between the rounded sizes. PyTorch: {@code recompute_scale_factor=True}. */
    public Interpolation recomputeScale() {
        return new Interpolation(size, scale, method, aligned, antialias, true);
    }

    /** As PyTorch's layer prints it. */
    String text() {
        String to = size != null
                ? "size=" + ConvolutionLayer.given(size)
                : "scale_factor="
                        + (scale.size() == 1
                                ? ModelText.number(scale.getFirst())
                                : scale.stream().map(ModelText::number).collect(Collectors.joining(", ", "(", ")")));
        return to + ", mode='" + method.torchName + "'";
    }
}
