package adjoint.nn;

import adjoint.op.Binary;
import adjoint.op.Parametric;
import adjoint.tensor.Tensor;

/**
 * The negative logarithm of the probability of counts, if they are drawn from Poisson's distribution of a rate whose
 * logarithm is the input: {@code exp(input) − target · input}, without a term that only depends on the target.
 */
public final class PoissonNLLLoss implements Loss {
    private final Reduction reduction;
    private final boolean logInput;
    private final boolean full;
    private final double eps;

    /** The mean. */
    public PoissonNLLLoss() {
        this(Reduction.MEAN, true, false, 0);
    }

    private PoissonNLLLoss(Reduction reduction, boolean logInput, boolean full, double eps) {
        this.reduction = reduction;
        this.logInput = logInput;
        this.full = full;
        this.eps = eps;
    }

    /** The same with another reduction. */
    public PoissonNLLLoss reduction(Reduction other) {
        return new PoissonNLLLoss(other, logInput, full, eps);
    }

    /** The same of rates themselves, not their logarithms. PyTorch: {@code log_input=False}. */
    public PoissonNLLLoss ofRates() {
        return ofRates(1e-8);
    }

    /**
     * The same of rates themselves, not their logarithms.
     *
     * @param eps what is added to a rate before its logarithm is taken
     */
    public PoissonNLLLoss ofRates(double eps) {
        return new PoissonNLLLoss(reduction, false, full, eps);
    }

    /** The same with Stirling's approximation of the term that only depends on the target, where that is above 1. */
    public PoissonNLLLoss full() {
        return new PoissonNLLLoss(reduction, logInput, true, eps);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        Tensor each = logInput
                ? Losses.each(Binary.POISSON_NLL_LOG, input, target)
                : Losses.each(Parametric.POISSON_NLL_LOSS.with(eps), input, target);
        return Losses.poisson(each, target, full, reduction);
    }

    @Override
    public String toString() {
        return "PoissonNLLLoss()";
    }
}
