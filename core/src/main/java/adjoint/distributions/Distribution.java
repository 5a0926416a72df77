package adjoint.distributions;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;

/**
 * A distribution of random tensors, or one for each place of its parameters: parameters of shape {@code [2, 3]} stand for six
 * distributions, which share what is asked of them. Derivatives flow through everything but {@link #sample}.
 *
 * <p>Parameters, and values whose probability is asked for, are checked; not so under {@code vmap}, where numbers can't be
 * looked at.
 */
public interface Distribution {
    /** Samples, from this stream; see {@link #sample(long...)}. */
    Tensor sample(Rng rng, long... shape);

    /**
     * Samples, from {@link Rng#global()}.
     *
     * @return of this shape, followed by that of the parameters; no gradients flow
     */
    default Tensor sample(long... shape) {
        return sample(Rng.global(), shape);
    }

    /**
     * The logarithm of the probability of a value, or of the probability's density at it.
     *
     * @param value broadcasts with the parameters
     * @throws adjoint.types.ValueException if it is none that can come up
     */
    Tensor logProb(Tensor value);

    /** The expected value. */
    Tensor mean();

    /** The expected squared difference to the mean. */
    Tensor variance();

    /** The root of the variance. PyTorch: {@code stddev}. */
    default Tensor std() {
        return variance().sqrt();
    }

    /** The expected value of {@code −logProb}, in nats. */
    Tensor entropy();
}
