package adjoint.tensor;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.kernel.TorchStream;
import adjoint.tensor.Draws.Draw;
import adjoint.tensor.Draws.Layout;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.function.DoublePredicate;

/** Random tensors: what may be asked for, and who draws it. The numbers themselves are made in {@link Draws}. */
final class Sampling {
    private Sampling() {}

    static Tensor rand(Rng rng, DType dtype, Shape shape) {
        checkReal("rand", dtype);
        return made(rng, dtype, shape, Draws.uniform(0, 1));
    }

    static Tensor randLike(Rng rng, Tensor x) {
        checkReal("randLike", x.dtype());
        return like(rng, x, Draws.uniform(0, 1));
    }

    static Tensor randnLike(Rng rng, Tensor x) {
        checkReal("randnLike", x.dtype());
        return like(rng, x, Draws.normal(0, 1));
    }

    static Tensor normal(String name, Rng rng, DType dtype, double mean, double std, Shape shape) {
        checkReal(name, dtype);
        checkDeviation(std);
        return made(rng, dtype, shape, Draws.normal(mean, std));
    }

    static Tensor normal(Rng rng, Tensor mean, Tensor std) {
        checkReal("normal", mean.dtype());
        Shape shape = Shape.broadcast(mean.shape(), std.shape());
        if (shape == null) {
            throw new ShapeException("normal with means " + mean.shape() + " and standard deviations " + std.shape()
                    + ": the shapes do not broadcast. Give each mean its deviation.");
        }
        checkDeviations(std);
        Tensor standard = made(rng, mean.dtype(), shape, Draws.normal(0, 1));
        Tensor scaled = standard.mul(std.detach()).to(mean.dtype());
        return independent(scaled.add(mean.detach()), mean, std);
    }

    static Tensor normal(Rng rng, Tensor mean, double std) {
        checkReal("normal", mean.dtype());
        Tensor centred = normal("normal", rng, mean.dtype(), 0, std, mean.shape());
        return independent(centred.add(mean.detach()), mean);
    }

    static Tensor normal(Rng rng, double mean, Tensor std) {
        checkReal("normal", std.dtype());
        checkDeviations(std);
        Tensor standard = made(rng, std.dtype(), std.shape(), Draws.normal(0, 1));
        return independent(standard.mul(std.detach()).add(mean), std);
    }

    static Tensor randint(Rng rng, DType dtype, long low, long high, Shape shape) {
        checkRange("randint", dtype, low, high);
        return made(rng, dtype, shape, Draws.integers(low, high));
    }

    static Tensor randintLike(Rng rng, Tensor x, long low, long high) {
        checkRange("randintLike", x.dtype(), low, high);
        return like(rng, x, Draws.integers(low, high));
    }

    static Tensor randperm(Rng rng, int n) {
        return made(rng, DType.I64, Shape.of(n), Draws.permutation(n));
    }

    static Tensor bernoulli(Rng rng, Tensor x, double p) {
        checkProbability("bernoulli", p);
        return like(rng, x, Draws.bernoulli(p));
    }

    static Tensor bernoulli(Rng rng, Tensor p) {
        checkReal("bernoulli", p.dtype());
        Tensor drawn = Engine.random(p, values -> {
            checkProbabilities(values);
            return rng.draw(stream -> Draws.bernoulli(stream, values));
        });
        return independent(drawn, p);
    }

    static Tensor poisson(Rng rng, Tensor rate) {
        checkReal("poisson", rate.dtype());
        Tensor drawn = Engine.random(rate, values -> {
            checkAll(
                    values,
                    x -> x >= 0,
                    "poisson with a rate of ",
                    ": a mean number is not negative. Check how it was computed.");
            return rng.draw(stream -> Draws.poisson(stream, values));
        });
        return independent(drawn, rate);
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

    static Tensor bernoulliInPlace(Rng rng, Tensor x, double p) {
        checkProbability("bernoulliInPlace", p);
        return overwrite("bernoulliInPlace", rng, x, Draws.bernoulli(p));
    }

    static Tensor bernoulliInPlace(Rng rng, Tensor x, Tensor p) {
        checkReal("bernoulliInPlace", p.dtype());
        Tensor each = p.detach().expand(x.shape().sizes());
        if (!(p instanceof Lifted)) {
            checkProbabilities(p.value());
        }
        Engine.checkWritable("bernoulliInPlace", x);
        Tensor uniform = Engine.random(() -> rng.draw(stream -> into(stream, x, Draws.uniform(0, 1), p.dtype())));
        return Engine.assign(x, uniform.lt(each).to(x.dtype()));
    }

    static Tensor exponentialInPlace(Rng rng, Tensor x, double rate) {
        checkReal("exponentialInPlace", x.dtype());
        if (!(rate > 0)) {
            throw new ValueException(
                    "exponentialInPlace with rate " + rate + ": a rate is positive. Give one above 0.");
        }
        return overwrite("exponentialInPlace", rng, x, Draws.exponential(rate));
    }

    static Tensor geometricInPlace(Rng rng, Tensor x, double p) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException("geometricInPlace of type bool: these are counts. Convert it to numbers.");
        }
        if (!(p > 0 && p < 1)) {
            throw new ValueException("geometricInPlace with probability " + p
                    + ": it lies between 0 and 1, both excluded. Check how it was computed.");
        }
        return overwrite("geometricInPlace", rng, x, Draws.geometric(p));
    }

    static Tensor cauchyInPlace(Rng rng, Tensor x, double median, double sigma) {
        checkReal("cauchyInPlace", x.dtype());
        if (!(sigma > 0)) {
            throw new ValueException("cauchyInPlace with sigma " + sigma + ": it is positive. Give one above 0.");
        }
        return overwrite("cauchyInPlace", rng, x, Draws.cauchy(median, sigma));
    }

    static Tensor logNormalInPlace(Rng rng, Tensor x, double mean, double std) {
        checkReal("logNormalInPlace", x.dtype());
        if (!(std > 0)) {
            throw new ValueException("logNormalInPlace with standard deviation " + std
                    + ": here a deviation is positive. Give one above 0.");
        }
        return overwrite("logNormalInPlace", rng, x, Draws.logNormal(mean, std));
    }

    static Tensor randomInPlace(Rng rng, Tensor x) {
        return overwrite("randomInPlace", rng, x, Draws.anyInteger());
    }

    static Tensor randomInPlace(Rng rng, Tensor x, long from, long to) {
        checkRange("randomInPlace", x.dtype(), from, to);
        return overwrite("randomInPlace", rng, x, Draws.integers(from, to));
    }

    private static Tensor made(Rng rng, DType dtype, Shape shape, Draw draw) {
        return Engine.random(() -> rng.draw(stream -> draw.of(stream, dtype, shape, Layout.CONTIGUOUS)));
    }

    private static Tensor like(Rng rng, Tensor x, Draw draw) {
        return x instanceof Lifted
                ? made(rng, x.dtype(), x.shape(), draw)
                : Engine.random(() -> rng.draw(stream -> Draws.like(x.value(), draw, stream, x.dtype())));
    }

    private static Tensor overwrite(String name, Rng rng, Tensor x, Draw draw) {
        return Engine.overwrite(name, x, () -> rng.draw(stream -> into(stream, x, draw, x.dtype())));
    }

    /** Examples have no memory of their own to follow. */
    private static Strided into(TorchStream stream, Tensor x, Draw draw, DType dtype) {
        return x instanceof Lifted
                ? draw.of(stream, dtype, x.shape(), Layout.CONTIGUOUS)
                : Draws.into(x.value(), draw, stream, dtype);
    }

    /** The drawn numbers as a function of the parameters that does not depend on them: their gradients are 0. */
    private static Tensor independent(Tensor drawn, Tensor... parameters) {
        Tensor result = drawn;
        for (Tensor parameter : parameters) {
            if (parameter.requiresGrad()) {
                result = Tensor.where(Tensor.scalar(0, DType.BOOL), parameter.to(drawn.dtype()), result);
            }
        }
        return result;
    }

    private static void checkAll(Strided values, DoublePredicate good, String before, String after) {
        for (double x : Copy.of(values, DType.F64).doubles()) {
            if (!good.test(x)) {
                throw new ValueException(before + x + after);
            }
        }
    }

    private static void checkProbabilities(Strided p) {
        checkAll(
                p,
                x -> x >= 0 && x <= 1,
                "bernoulli with probability ",
                ": a probability is from 0 to 1. Check how it was computed.");
    }

    private static void checkDeviations(Tensor std) {
        if (!(std instanceof Lifted)) {
            checkAll(
                    std.value(),
                    x -> x >= 0,
                    "normal with standard deviation ",
                    ": a deviation is not negative. Give 0 or more.");
        }
    }

    static void checkReal(String name, DType dtype) {
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

    private static void checkRange(String name, DType dtype, long low, long high) {
        if (low >= high) {
            throw new ValueException(name + " from " + low + " to before " + high
                    + ": there is no integer between them. Give a higher end.");
        }
        if (!dtype.isFloating() && dtype != DType.I64) {
            int bits = dtype == DType.BOOL ? 1 : 8 * dtype.bytes();
            boolean signed = dtype != DType.BOOL && dtype != DType.U8;
            long least = signed ? -1L << (bits - 1) : 0;
            long greatest = (1L << (signed ? bits - 1 : bits)) - 1;
            if (low < least || high - 1 > greatest) {
                throw new ValueException(name + " from " + low + " to before " + high + " of type " + dtype
                        + ": it holds " + least + " to " + greatest + ". Take a wider type or a smaller range.");
            }
        }
    }

    private static void checkProbability(String name, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new ValueException(
                    name + " with probability " + p + ": a probability is from 0 to 1. Check how it was computed.");
        }
    }
}
