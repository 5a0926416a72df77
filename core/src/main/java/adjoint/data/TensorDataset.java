package adjoint.data;

import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.List;

/** The rows of tensors whose first dimensions are equal. */
public final class TensorDataset implements Dataset {
    private final List<Tensor> tensors;

    /**
     * A dataset of rows.
     *
     * @throws ShapeException if there is no tensor, or their first sizes differ
     */
    public TensorDataset(Tensor... tensors) {
        if (tensors.length == 0) {
            throw new ShapeException("TensorDataset: of no tensors: it would have no size. Give at least one.");
        }
        for (Tensor t : tensors) {
            if (t.shape().rank() == 0 || t.size(0) != tensors[0].size(0)) {
                throw new ShapeException("TensorDataset: tensors of shapes "
                        + List.of(tensors).stream().map(Tensor::shape).toList()
                        + ": the first sizes differ. Each row of one belongs to a row of the others.");
            }
        }
        this.tensors = List.of(tensors);
    }

    @Override
    public int size() {
        return (int) tensors.getFirst().size(0);
    }

    @Override
    public Batch get(int i) {
        return new Batch(tensors.stream().map(t -> t.at(i)).toList());
    }

    @Override
    public Batch batch(long[] indices) {
        Index rows = Index.list(indices);
        return new Batch(tensors.stream().map(t -> t.at(rows)).toList());
    }
}
