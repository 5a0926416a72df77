package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The Kullback-Leibler divergence of two distributions: {@code target (log(target) − input)}, the input being a logarithm.
 * With {@link Reduction#BATCH_MEAN} it is what mathematics calls by that name.
 */
public final class KLDivLoss implements Loss {
    private final Reduction reduction;
    private final boolean logTarget;

    /** The mean over all elements, of targets that are probabilities. */
    public KLDivLoss() {
        this(Reduction.MEAN);
    }

    /** With this reduction, of targets that are probabilities. */
    public KLDivLoss(Reduction reduction) {
        this(reduction, false);
    }

    private KLDivLoss(Reduction reduction, boolean logTarget) {
        this.reduction = reduction;
        this.logTarget = logTarget;
    }

    /** The same with another reduction. */
    public KLDivLoss reduction(Reduction other) {
        return new KLDivLoss(other, logTarget);
    }

    /** The same of targets that are logarithms of probabilities. PyTorch: {@code log_target=True}. */
    public KLDivLoss logTarget() {
        return new KLDivLoss(reduction, true);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.klDiv(input, target, logTarget, reduction);
    }

    @Override
    public String toString() {
        return "KLDivLoss()";
    }
}
