package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The absolute errors, {@code |input − target|}.
 *
 * @param reduction what is made of the losses of the single elements
 */
public record L1Loss(Reduction reduction) implements Loss {
    /** Their mean. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.l1(input, target, reduction);
    }

    @Override
    public String toString() {
        return "L1Loss()";
    }
}
