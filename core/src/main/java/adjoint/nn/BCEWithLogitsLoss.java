package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The binary cross entropy of what {@link Sigmoid} would make probabilities of; without overflow.
 *
 * @param weight how much each element counts, broadcast; null for all the same
 * @param posWeight how many times as much what should be 1 counts, broadcast; null for the same
 * @param reduction what is made of the losses of the single elements
 */
public record BCEWithLogitsLoss(Tensor weight, Tensor posWeight, Reduction reduction) implements Loss {
    /** The mean, of all elements the same. */
    public BCEWithLogitsLoss() {
        this(null, null, Reduction.MEAN);
    }

    /** The same where elements count differently. */
    public BCEWithLogitsLoss weight(Tensor perElement) {
        return new BCEWithLogitsLoss(perElement, posWeight, reduction);
    }

    /** The same where what should be 1 counts as many times as much. PyTorch: {@code pos_weight}. */
    public BCEWithLogitsLoss posWeight(Tensor perClass) {
        return new BCEWithLogitsLoss(weight, perClass, reduction);
    }

    /** The same with another reduction. */
    public BCEWithLogitsLoss reduction(Reduction other) {
        return new BCEWithLogitsLoss(weight, posWeight, other);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.withLogits(input, target, weight, posWeight, reduction);
    }

    /** The weights, under PyTorch's names. */
    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("weight", weight);
        parts.put("pos_weight", posWeight);
        return parts;
    }

    @Override
    public String toString() {
        return "BCEWithLogitsLoss()";
    }
}
