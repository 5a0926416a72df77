package adjoint.data;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dataset in parts, at random. */
final class RandomSplit {
    private RandomSplit() {}

    static List<Subset> of(Dataset data, Rng rng, long[] sizes) {
        long sum = Arrays.stream(sizes).sum();
        if (sum != data.size() || Arrays.stream(sizes).anyMatch(n -> n < 0)) {
            throw new ValueException(
                    "randomSplit of " + data.size() + " samples into " + Arrays.toString(sizes)
                            + ": the sizes are not negative and add up to the number of samples. Correct them, or give shares.");
        }
        long[] order = Tensor.randperm(rng, data.size()).toLongs();
        List<Subset> parts = new ArrayList<>();
        int from = 0;
        for (long size : sizes) {
            parts.add(new Subset(data, Arrays.copyOfRange(order, from, from + (int) size)));
            from += (int) size;
        }
        return List.copyOf(parts);
    }

    static long[] sizes(Dataset data, double[] shares) {
        double sum = Arrays.stream(shares).sum();
        boolean within = Arrays.stream(shares).allMatch(share -> share >= 0 && share <= 1);
        if (!within || !(Math.abs(sum - 1) <= 1e-9)) {
            throw new ValueException("randomSplit into the shares " + Arrays.toString(shares)
                    + ": each is from 0 to 1, and together they are 1. Correct them, or give sizes.");
        }
        long[] sizes = Arrays.stream(shares)
                .mapToLong(share -> (long) Math.floor(data.size() * share))
                .toArray();
        long left = data.size() - Arrays.stream(sizes).sum();
        for (int i = 0; i < left; i++) {
            sizes[i % sizes.length]++;
        }
        return sizes;
    }
}
