package adjoint.distributions;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/** Distributions in which all numbers of [low, high) are alike. */
public final class Uniform implements Distribution {
    private final Tensor low;
    private final Tensor high;

    /**
     * Distributions between these bounds, which broadcast.
     *
     * @throws ValueException if a lower bound is not below the upper one
     */
    public Uniform(Tensor low, Tensor high) {
        Tensor[] both = Checks.broadcast("Uniform", low, high);
        Checks.all(
                both[0],
                l -> l.lt(both[1].detach()),
                "Uniform with the lower bound",
                "it is not below the upper one. Exchange them.");
        this.low = both[0];
        this.high = both[1];
    }

    /** A distribution between these bounds, F32. */
    public Uniform(double low, double high) {
        this(Tensor.scalar(low), Tensor.scalar(high));
    }

    @Override
    public Tensor sample(Rng rng, long... shape) {
        return reparameterizedSample(rng, shape).detach();
    }

    /** Samples as a function of the bounds, whose gradients flow. PyTorch: {@code rsample}. */
    public Tensor reparameterizedSample(Rng rng, long... shape) {
        Tensor standard =
                Tensor.rand(rng, low.dtype(), Checks.joined(shape, low.shape().sizes()));
        return low.add(standard.mul(high.sub(low)));
    }

    /** As {@link #reparameterizedSample(Rng, long...)}, from {@link Rng#global()}. */
    public Tensor reparameterizedSample(long... shape) {
        return reparameterizedSample(Rng.global(), shape);
    }

    @Override
    public Tensor logProb(Tensor value) {
        Checks.all(
                value,
                v -> low.detach().le(v).logicalAnd(v.le(high.detach())),
                "Uniform.logProb of",
                "it does not lie within the bounds. Check how it was computed.");
        Tensor inside = low.le(value).logicalAnd(high.gt(value)).to(low.dtype());
        return inside.log().sub(high.sub(low).log());
    }

    /** The probability of a number up to this one. PyTorch: {@code cdf}. */
    public Tensor cumulative(Tensor value) {
        return value.sub(low).div(high.sub(low)).clamp(0.0, 1.0);
    }

    @Override
    public Tensor mean() {
        return high.add(low).div(2.0);
    }

    @Override
    public Tensor variance() {
        return high.sub(low).square().div(12.0);
    }

    @Override
    public Tensor std() {
        return high.sub(low).div(Math.sqrt(12));
    }

    @Override
    public Tensor entropy() {
        return high.sub(low).log();
    }
}
