package adjoint.distributions;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/** Normal distributions. */
public final class Normal implements Distribution {
    private final Tensor loc;
    private final Tensor scale;

    /**
     * Distributions of these means and standard deviations, which broadcast.
     *
     * @throws ValueException if a deviation is not positive
     */
    public Normal(Tensor loc, Tensor scale) {
        Tensor[] both = Checks.broadcast("Normal", loc, scale);
        Checks.all(
                scale,
                s -> s.gt(0),
                "Normal with the standard deviation",
                "a deviation is positive. Check how it was computed.");
        this.loc = both[0];
        this.scale = both[1];
    }

    /** A distribution of this mean and standard deviation, F32. */
    public Normal(double loc, double scale) {
        this(Tensor.scalar(loc), Tensor.scalar(scale));
    }

    @Override
    public Tensor sample(Rng rng, long... shape) {
        long[] sizes = Checks.joined(shape, loc.shape().sizes());
        return Tensor.normal(rng, loc.detach().expand(sizes), scale.detach().expand(sizes));
    }

    /**
     * Samples as a function of the parameters, whose gradients flow. PyTorch: {@code rsample}. Kingma and Welling,
     * "Auto-Encoding Variational Bayes", 2014.
     */
    public Tensor reparameterizedSample(Rng rng, long... shape) {
        Tensor standard =
                Tensor.randn(rng, loc.dtype(), Checks.joined(shape, loc.shape().sizes()));
        return loc.add(standard.mul(scale));
    }

    /** As {@link #reparameterizedSample(Rng, long...)}, from {@link Rng#global()}. */
    public Tensor reparameterizedSample(long... shape) {
        return reparameterizedSample(Rng.global(), shape);
    }

    @Override
    public Tensor logProb(Tensor value) {
        Checks.all(value, v -> v.eq(v), "Normal.logProb of", "NaN does not come up. Check how it was computed.");
        Tensor squares = value.sub(loc).square();
        return squares.neg().div(scale.square().mul(2)).sub(scale.log()).sub(Math.log(Math.sqrt(2 * Math.PI)));
    }

    /** The probability of a number up to this one. PyTorch: {@code cdf}. */
    public Tensor cumulative(Tensor value) {
        return value.sub(loc)
                .mul(scale.reciprocal())
                .div(Math.sqrt(2))
                .erf()
                .add(1.0)
                .mul(0.5);
    }

    /** Up to where this probability is reached: the inverse of {@link #cumulative}. PyTorch: {@code icdf}. */
    public Tensor quantile(Tensor probability) {
        return loc.add(scale.mul(probability.mul(2).sub(1.0).erfinv()).mul(Math.sqrt(2)));
    }

    @Override
    public Tensor mean() {
        return loc;
    }

    @Override
    public Tensor variance() {
        return scale.square();
    }

    @Override
    public Tensor std() {
        return scale;
    }

    @Override
    public Tensor entropy() {
        return scale.log().add(0.5 + 0.5 * Math.log(2 * Math.PI));
    }
}
