package adjoint.optim;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * {@link Adam} whose weight decay shrinks the parameters themselves, {@code p ← (1 − lr · weightDecay) · p}, by 0.01 if
 * nothing else is said.
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.
 */
public final class AdamW extends AdamFamily<AdamW> {
    /** AdamW with a learning rate of 0.001. */
    public AdamW(List<Tensor> parameters) {
        this(parameters, 1e-3);
    }

    /** AdamW of these parameters. */
    public AdamW(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** AdamW of several groups. */
    public AdamW(double lr, ParameterGroup... groups) {
        super(List.of(groups), Adam.REMEMBERED, Adam.defaults(lr, 1e-2, 1));
    }

    /** Divides by the largest mean of squares so far. */
    public AdamW amsgrad() {
        return set(Adam.AMSGRAD, 1);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        return Adam.ruleOf(group);
    }
}
