package adjoint.data;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.List;
import java.util.stream.IntStream;

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

    /**
     * Samples as one batch: each of their tensors stacked along a new first dimension. PyTorch: {@code default_collate}.
     *
     * @throws ShapeException if there are none, or they don't have equally many tensors of the same shapes
     */
    public static Batch stack(List<Batch> samples) {
        if (samples.isEmpty()) {
            throw new ShapeException("stack of no samples: it is not known what they hold. Give at least one.");
        }
        int count = samples.getFirst().tensors.size();
        for (Batch sample : samples) {
            if (sample.tensors.size() != count) {
                throw new ShapeException("stack of samples of " + count + " and of " + sample.tensors.size()
                        + " tensors: they have to be alike. Check the dataset.");
            }
        }
        return new Batch(IntStream.range(0, count)
                .mapToObj(
                        t -> Tensor.stack(0, samples.stream().map(s -> s.get(t)).toList()))
                .toList());
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
