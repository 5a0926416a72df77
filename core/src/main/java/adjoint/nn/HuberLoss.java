package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code ½ d²} of the error d up to delta, from there on {@code delta (|d| − ½ delta)}. Huber, 1964.
 *
 * @param delta the error up to which it is a square; above 0
 * @param reduction what is made of the losses of the single elements
 */
public record HuberLoss(double delta, Reduction reduction) implements Loss {
    /** The mean, with delta 1. */
    public HuberLoss() {
        this(1);
    }

    /** The mean, with this delta. */
    public HuberLoss(double delta) {
        this(delta, Reduction.MEAN);
    }

    /** The same with another reduction. */
    public HuberLoss reduction(Reduction other) {
        return new HuberLoss(delta, other);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.huber(input, target, delta, reduction);
    }

    @Override
    public String toString() {
        return "HuberLoss()";
    }
}
