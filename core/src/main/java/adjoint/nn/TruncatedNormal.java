package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ValueException;

/** Normal numbers within bounds, by rejection: of normal numbers where most are within, else of uniform ones. */
final class TruncatedNormal {
    /** From this share of normal numbers within the bounds on, normal numbers are drawn. */
    private static final double MOST = 0.3;

    private TruncatedNormal() {}

    static Tensor fill(Rng rng, Tensor x, double mean, double std, double low, double high) {
        if (!(low < high) || !(std > 0)) {
            throw new ValueException("truncNormal between " + low + " and " + high + " with standard deviation " + std
                    + ": the bounds have to rise and the deviation to be positive. Check the numbers.");
        }
        double within = cumulative((high - mean) / std) - cumulative((low - mean) / std);
        Tensor drawn = within > MOST ? ofNormal(rng, x, mean, std, low, high) : ofUniform(rng, x, mean, std, low, high);
        return x.copyInPlace(drawn);
    }

    private static double cumulative(double z) {
        return (1 + Tensor.scalar(z / Math.sqrt(2), DType.F64).erf().item()) / 2;
    }

    private static Tensor ofNormal(Rng rng, Tensor x, double mean, double std, double low, double high) {
        Tensor drawn = x.normalInPlace(rng, mean, std);
        while (true) {
            Tensor outside = drawn.lt(low).logicalOr(drawn.gt(high));
            if (!outside.any().itemBoolean()) {
                return drawn;
            }
            drawn = Tensor.where(outside, Tensor.randnLike(rng, drawn).mul(std).add(mean), drawn);
        }
    }

    /** A uniform number is taken with the probability density(number) / density(peak). */
    private static Tensor ofUniform(Rng rng, Tensor x, double mean, double std, double low, double high) {
        double peak = Math.max(low, Math.min(mean, high));
        double logPeak = -0.5 * Math.pow((peak - mean) / std, 2);
        Tensor drawn = x.uniformInPlace(rng, low, high);
        Tensor pending = null;
        while (true) {
            Tensor candidates = pending == null ? drawn : uniform(rng, x, low, high);
            drawn = pending == null ? drawn : Tensor.where(pending, candidates, drawn);
            Tensor logDensity = candidates.sub(mean).div(std).pow(2).mul(-0.5).sub(logPeak);
            Tensor rejected = Tensor.randLike(rng, x).log().gt(logDensity);
            pending = pending == null ? rejected : pending.logicalAnd(rejected);
            if (!pending.any().itemBoolean()) {
                return drawn;
            }
        }
    }

    private static Tensor uniform(Rng rng, Tensor like, double low, double high) {
        return Tensor.randLike(rng, like).mul(high - low).add(low);
    }
}
