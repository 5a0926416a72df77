package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;

/**
 * Parameters that are updated alike, with their learning rate and weight decay. Both may be changed between steps.
 */
public class ParameterGroup {
    private final List<Tensor> parameters;
    private double lr;
    private double weightDecay;

    /**
     * A group without weight decay.
     *
     * @throws ValueException if the learning rate is negative or no number
     */
    public ParameterGroup(List<Tensor> parameters, double lr) {
        this.parameters = List.copyOf(parameters);
        this.lr = Optimizer.notNegative("learning rate", lr);
    }

    /** The parameters. */
    public final List<Tensor> parameters() {
        return parameters;
    }

    /** The learning rate. */
    public final double lr() {
        return lr;
    }

    /**
     * Sets the learning rate.
     *
     * @throws ValueException if it is negative or no number
     */
    public ParameterGroup lr(double value) {
        lr = Optimizer.notNegative("learning rate", value);
        return this;
    }

    /** The factor of the parameter that is added to its gradient (an L2 penalty). */
    public final double weightDecay() {
        return weightDecay;
    }

    /**
     * Sets the weight decay.
     *
     * @throws ValueException if it is negative or no number
     */
    public ParameterGroup weightDecay(double value) {
        weightDecay = Optimizer.notNegative("weight decay", value);
        return this;
    }
}
