package adjoint.bench;

import java.util.List;

/** Whether two libraries did the same work. */
final class Agreement {
    private Agreement() {}

    /**
     * The largest difference of two numbers at the same place, as a part of the largest number of their tensor; infinite if
     * the tensors are not of the same sizes, NaN if one is.
     */
    static double difference(List<double[]> ours, List<double[]> theirs) {
        if (ours.size() != theirs.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < ours.size(); i++) {
            worst = Math.max(worst, difference(ours.get(i), theirs.get(i)));
        }
        return worst;
    }

    private static double difference(double[] a, double[] b) {
        if (a.length != b.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(a[i]), Math.abs(b[i])));
            // Math.max keeps NaN.
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }
}
