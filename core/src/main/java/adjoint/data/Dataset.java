package adjoint.data;

import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Samples that can be asked for by number. */
public interface Dataset {
    /** How many samples there are. */
    int size();

    /** Sample {@code i}, {@code 0 <= i < size()}. */
    Batch get(int i);

    /** Several samples, each of their tensors stacked along a new first dimension. */
    default Batch batch(long[] indices) {
        List<Batch> samples = new ArrayList<>();
        for (long i : indices) {
            samples.add(get((int) i));
        }
        List<Tensor> stacked = new ArrayList<>();
        for (int t = 0; t < samples.getFirst().tensors().size(); t++) {
            int at = t;
            stacked.add(Tensor.stack(0, samples.stream().map(s -> s.get(at)).toList()));
        }
        return new Batch(stacked);
    }
}
