package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The negative logarithm of the density of what was seen, if it is drawn from normal distributions whose means and variances
 * are predicted: {@code ½ (log(var) + (input − target)² / var)}.
 */
public final class GaussianNLLLoss implements Model {
    private final Reduction reduction;
    private final boolean full;
    private final double eps;

    /** The mean; variances are no less than 1e-6. */
    public GaussianNLLLoss() {
        this(Reduction.MEAN, false, 1e-6);
    }

    private GaussianNLLLoss(Reduction reduction, boolean full, double eps) {
        this.reduction = reduction;
        this.full = full;
        this.eps = eps;
    }

    /** The same with another reduction. */
    public GaussianNLLLoss reduction(Reduction other) {
        return new GaussianNLLLoss(other, full, eps);
    }

    /** The same with the constant term {@code ½ log(2π)}. */
    public GaussianNLLLoss full() {
        return new GaussianNLLLoss(reduction, true, eps);
    }

    /** The same with variances no less than this. */
    public GaussianNLLLoss eps(double least) {
        return new GaussianNLLLoss(reduction, full, least);
    }

    /**
     * The loss.
     *
     * @param input the means
     * @param target what was seen
     * @param var the variances: of the input's shape, or shared along one dimension, which then has size 1 or, if it is the
     *     last, is left out
     */
    public Tensor forward(Tensor input, Tensor target, Tensor var) {
        return Losses.gaussian(input, target, var, full, eps, reduction);
    }

    @Override
    public String toString() {
        return "GaussianNLLLoss()";
    }
}
