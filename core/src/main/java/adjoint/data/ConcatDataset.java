package adjoint.data;

import adjoint.types.IndexException;
import adjoint.types.ValueException;
import java.util.List;

/** Datasets one after the other. */
public final class ConcatDataset implements Dataset {
    private final List<Dataset> datasets;
    private final int size;

    /**
     * The samples of the first, then those of the second, …
     *
     * @throws ValueException if there is no dataset, or more samples than an int counts
     */
    public ConcatDataset(Dataset... datasets) {
        if (datasets.length == 0) {
            throw new ValueException("ConcatDataset of no datasets: it would have nothing. Give at least one.");
        }
        this.datasets = List.of(datasets);
        long sum = this.datasets.stream().mapToLong(Dataset::size).sum();
        if (sum > Integer.MAX_VALUE) {
            throw new ValueException("ConcatDataset of " + sum + " samples: more than can be counted. Use fewer.");
        }
        this.size = (int) sum;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Batch get(int i) {
        int left = i;
        for (Dataset each : datasets) {
            if (left >= 0 && left < each.size()) {
                return each.get(left);
            }
            left -= each.size();
        }
        throw new IndexException("ConcatDataset: sample " + i + " of " + size
                + ": there is none. Samples are numbered from 0 to before their number.");
    }
}
