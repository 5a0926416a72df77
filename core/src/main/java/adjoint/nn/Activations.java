package adjoint.nn;

import adjoint.op.Binary;
import adjoint.op.Elementwise;
import adjoint.op.Parametric;
import adjoint.tensor.Engine;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/** Functions of single elements that stand between linear maps, and how they refuse what they cannot take. */
final class Activations {
    private Activations() {}

    /** Of real numbers only. */
    static Tensor real(Elementwise op, Tensor x) {
        return Engine.run(op, checkReal(op.opName(), x));
    }

    static Tensor real(Elementwise.Row row, Tensor x) {
        return real(row.op(), x);
    }

    /** Integers become F32 first. */
    static Tensor promoting(Elementwise.Row row, Tensor x) {
        Tensor numbers = checkNumber(row.op().opName(), x);
        return Engine.run(row, x.dtype().isFloating() ? numbers : numbers.to(DType.F32));
    }

    /** Of real numbers or integers, which stay integers. */
    static Tensor number(Elementwise op, Tensor x) {
        return Engine.run(op, checkNumber(op.opName(), x));
    }

    static Tensor checkReal(String name, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + x.dtype()
                    + " tensor: the result is real numbers. Convert it with" + " to(DType.F32).");
        }
        return x;
    }

    private static Tensor checkNumber(String name, Tensor x) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(name + ": of a bool tensor: it has no meaning for truth values. Convert it with"
                    + " to(DType.F32).");
        }
        return x;
    }

    static Tensor celu(Tensor x, double alpha) {
        if (alpha == 0) {
            throw new ValueException(
                    "celu: with alpha 0: it divides by alpha. Use relu, which it comes near for a small" + " alpha.");
        }
        return real(Parametric.CELU.with(alpha, 1.0 / (float) alpha), x);
    }

    static Tensor hardtanh(Tensor x, double min, double max) {
        if (min > max) {
            throw new ValueException("hardtanh: from " + min + " to " + max
                    + ": the lower bound is above the upper one. Exchange them.");
        }
        return number(Parametric.HARDTANH.with(min, max), x);
    }

    static Tensor softshrink(Tensor x, double lambda) {
        if (!(lambda >= 0)) {
            throw new ValueException("softshrink: by " + lambda
                    + ": a shrinkage by less than nothing would leave a gap at 0. Give a number from 0.");
        }
        return real(Parametric.SOFTSHRINK.with(lambda), x);
    }

    static Tensor prelu(Tensor x, Tensor weight) {
        int rank = x.shape().rank();
        long channels = rank > 1 ? x.size(1) : 1;
        if (weight.shape().rank() > 1 || (weight.numel() != 1 && weight.numel() != channels)) {
            throw new ShapeException("prelu: x " + x.shape() + " with weight " + weight.shape()
                    + ": it is one number, or a vector of one for each of the " + channels
                    + " channels (dimension 1). Check the layer's number of parameters.");
        }
        if (x.dtype() != weight.dtype()) {
            throw new DTypeException("prelu: of a " + x.dtype() + " tensor with " + weight.dtype()
                    + " weights: the types differ. Convert one with to(…).");
        }
        if (weight.numel() == 1) {
            return Engine.run(Binary.PRELU, checkReal("prelu", x), weight.reshape());
        }
        long[] aligned = new long[rank];
        java.util.Arrays.fill(aligned, 1);
        aligned[1] = channels;
        return Engine.run(Binary.PRELU, checkReal("prelu", x), weight.reshape(aligned));
    }

    static void checkSlopes(double lower, double upper) {
        if (!(lower <= upper)) {
            throw new ValueException("rrelu: with slopes from " + lower + " to " + upper
                    + ": the lower bound is above the upper one. Exchange them.");
        }
    }

    static Tensor rrelu(Tensor x, double lower, double upper) {
        checkSlopes(lower, upper);
        return Engine.named(
                real(Parametric.LEAKY_RELU.with((lower + upper) / 2), x),
                lower == upper ? "LeakyReluBackward0" : "RreluWithNoiseBackward0");
    }

    /** PyTorch draws a number in double precision for each element that is not positive, in order. */
    static Tensor rrelu(Tensor x, double lower, double upper, Rng rng) {
        checkSlopes(lower, upper);
        Tensor left = checkReal("rrelu", x).detach().le(0);
        long count = left.sum().itemLong();
        Tensor drawn = Tensor.rand(rng, DType.F64, count).mul(upper - lower).add(lower);
        Tensor slopes = Tensor.onesLike(x.detach()).maskedScatter(left, drawn.to(x.dtype()));
        return Engine.named(Engine.run(Binary.PRELU, x, slopes), "RreluWithNoiseBackward0");
    }

    static Tensor glu(Tensor x, int dim) {
        int rank = x.shape().rank();
        int d = rank == 0 ? 0 : x.shape().dim(dim);
        if (rank == 0 || x.size(d) % 2 != 0) {
            throw new ShapeException("glu: of " + x.shape() + (rank == 0 ? "" : " along dimension " + dim)
                    + ": one half gates the other, so the size has to be even. Check the layer before it.");
        }
        long half = checkReal("glu", x).size(d) / 2;
        return Engine.run(Binary.GLU, x.narrow(d, 0, half), x.narrow(d, half, half));
    }
}
