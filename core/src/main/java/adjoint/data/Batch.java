package adjoint.data;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * A sample of a dataset, or several of them stacked: usually features and labels.
 *
 * @param tensors what belongs together; in a batch the first dimension of each counts the samples
 */
public record Batch(List<Tensor> tensors) {
    /** A sample or batch of these tensors. */
    public Batch(Tensor... tensors) {
        this(List.of(tensors));
    }

    /** Copies the list. */
    public Batch {
        tensors = List.copyOf(tensors);
    }

    /** Tensor {@code i}. */
    public Tensor get(int i) {
        return tensors.get(i);
    }

    /** The first tensor: the features. */
    public Tensor x() {
        return tensors.getFirst();
    }

    /** The second tensor: the labels. */
    public Tensor y() {
        return tensors.get(1);
    }
}
