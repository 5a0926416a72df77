package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.kernel.TorchStream;
import adjoint.tensor.Draws.Draw;
import adjoint.tensor.Draws.Layout;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ValueException;

/** Random tensors: what may be asked for, and who draws it. The numbers themselves are made in {@link Draws}. */
final class Sampling {
    private Sampling() {}

    static Tensor rand(Rng rng, DType dtype, Shape shape) {
        checkReal("rand", dtype);
        return made(rng, dtype, shape, Draws.uniform(0, 1));
    }

    static Tensor randLike(Rng rng, Tensor x) {
        checkReal("rand", x.dtype());
        return like(rng, x, Draws.uniform(0, 1));
    }

    static Tensor randnLike(Rng rng, Tensor x) {
        checkReal("randn", x.dtype());
        return like(rng, x, Draws.normal(0, 1));
    }

    static Tensor normal(String name, Rng rng, DType dtype, double mean, double std, Shape shape) {
        checkReal(name, dtype);
        checkDeviation(std);
        return made(rng, dtype, shape, Draws.normal(mean, std));
    }

    static Tensor randint(Rng rng, DType dtype, long low, long high, Shape shape) {
        checkRange("randint", low, high);
        return made(rng, dtype, shape, Draws.integers(low, high));
    }

    static Tensor randperm(Rng rng, int n) {
        return made(rng, DType.I64, Shape.of(n), Draws.permutation(n));
    }

    static Tensor bernoulli(Rng rng, Tensor x, double p) {
        checkProbability("bernoulli", p);
        return like(rng, x, Draws.bernoulli(p));
    }

    static Tensor uniformInPlace(Rng rng, Tensor x, double low, double high) {
        checkReal("uniformInPlace", x.dtype());
        if (!(low <= high)) {
            throw new ValueException("uniformInPlace from " + low + " to " + high
                    + ": the lower bound is above the upper one. Exchange them.");
        }
        return overwrite("uniformInPlace", rng, x, Draws.uniform(low, high));
    }

    static Tensor normalInPlace(Rng rng, Tensor x, double mean, double std) {
        checkReal("normalInPlace", x.dtype());
        checkDeviation(std);
        return overwrite("normalInPlace", rng, x, Draws.normal(mean, std));
    }

    private static Tensor made(Rng rng, DType dtype, Shape shape, Draw draw) {
        return Engine.random(() -> rng.draw(stream -> draw.of(stream, dtype, shape, Layout.CONTIGUOUS)));
    }

    private static Tensor like(Rng rng, Tensor x, Draw draw) {
        return x instanceof Lifted
                ? made(rng, x.dtype(), x.shape(), draw)
                : Engine.random(() -> rng.draw(stream -> Draws.like(x.value(), draw, stream)));
    }

    private static Tensor overwrite(String name, Rng rng, Tensor x, Draw draw) {
        return Engine.overwrite(name, x, () -> rng.draw(stream -> into(stream, x, draw)));
    }

    /** Examples have no memory of their own to follow. */
    private static Strided into(TorchStream stream, Tensor x, Draw draw) {
        return x instanceof Lifted
                ? draw.of(stream, x.dtype(), x.shape(), Layout.CONTIGUOUS)
                : Draws.into(x.value(), draw, stream);
    }

    private static void checkReal(String name, DType dtype) {
        if (!dtype.isFloating()) {
            throw new DTypeException(
                    name + " of type " + dtype + ": these are real numbers. Ask for F32 or F64, or use randint.");
        }
    }

    private static void checkDeviation(double std) {
        if (!(std >= 0)) {
            throw new ValueException(
                    "normal with standard deviation " + std + ": a deviation is not negative. Give 0 or more.");
        }
    }

    private static void checkRange(String name, long low, long high) {
        if (low >= high) {
            throw new ValueException(name + " from " + low + " to before " + high
                    + ": there is no integer between them. Give a higher end.");
        }
    }

    private static void checkProbability(String name, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new ValueException(
                    name + " with probability " + p + ": a probability is from 0 to 1. Check how it was computed.");
        }
    }
}
