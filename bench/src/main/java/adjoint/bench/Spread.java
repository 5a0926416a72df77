package adjoint.bench;

import java.util.Arrays;

/** Samples in order of size. */
final class Spread {
    private final double[] sorted;

    Spread(double... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("spread: of no samples: they have no median. Take at least one.");
        }
        sorted = samples.clone();
        Arrays.sort(sorted);
    }

    double median() {
        return at(0.5);
    }

    /** The value that a part of the samples lies below, between neighbours by proportion. */
    double at(double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }
}
