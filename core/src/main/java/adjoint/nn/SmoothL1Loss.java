package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code ½ d² / beta} of the error d where that is less than beta, else {@code |d| − ½ beta}. Girshick, 2015.
 *
 * @param beta the error below which it is a square; at 0 it is {@link L1Loss}
 * @param reduction what is made of the losses of the single elements
 */
public record SmoothL1Loss(double beta, Reduction reduction) implements Loss {
    /** The mean, with beta 1. */
    public SmoothL1Loss() {
        this(1);
    }

    /** The mean, with this beta. */
    public SmoothL1Loss(double beta) {
        this(beta, Reduction.MEAN);
    }

    /** The same with another reduction. */
    public SmoothL1Loss reduction(Reduction other) {
        return new SmoothL1Loss(beta, other);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.smoothL1(input, target, beta, reduction);
    }

    @Override
    public String toString() {
        return "SmoothL1Loss()";
    }
}
