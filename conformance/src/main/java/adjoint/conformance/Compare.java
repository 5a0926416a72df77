package adjoint.conformance;

import adjoint.conformance.GoldenCase.Disagreement;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Map;

/** Compares what a training made with what PyTorch made: steps in single precision drift apart by their last digits. */
record Compare(double relative, double absolute) {
    Compare(DType dtype) {
        this(dtype == DType.F64 ? 1e-9 : 1e-4, dtype == DType.F64 ? 1e-11 : 2e-6);
    }

    /** With this much more for each element. */
    Compare allowing(double more) {
        return new Compare(relative, absolute + more);
    }

    private boolean near(double wanted, double found, double size) {
        return Math.abs(wanted - found) <= absolute + relative * Math.max(Math.abs(wanted), size)
                || Double.compare(wanted, found) == 0;
    }

    void number(String what, Object expected, Object found) {
        number(what, expected, found, 0);
    }

    private void number(String what, Object expected, Object found, double size) {
        double wanted = Json.doubles(expected)[0];
        double value = PythonBuiltins.real(found);
        if (!near(wanted, value, size)) {
            throw new Disagreement(what + ": " + value + ", not " + wanted);
        }
    }

    void tensor(String what, Object expected, Tensor found) {
        Map<?, ?> json = (Map<?, ?>) expected;
        if (!Shape.of(Json.longs(json.get("shape"))).equals(found.shape())) {
            throw new Disagreement(what + " is of shape " + found.shape() + ", not " + json.get("shape"));
        }
        double[] wanted = Json.doubles(json.get("data"));
        double[] values = found.toDoubles();
        for (int i = 0; i < wanted.length; i++) {
            number(what + " at " + i, wanted[i], values[i]);
        }
    }

    /** A tensor given by its sum, the sum of its sizes, and its first elements. */
    void summary(String what, Object expected, Tensor found) {
        Map<?, ?> json = (Map<?, ?>) expected;
        double sum = 0;
        double sizes = 0;
        double[] values = found.toDoubles();
        for (double value : values) {
            sum += value;
            sizes += Math.abs(value);
        }
        Compare sums = new Compare(relative, absolute * Math.max(1, values.length));
        sums.number(what + ": sum", json.get("sum"), sum, sizes);
        sums.number(what + ": sum of sizes", json.get("abs_sum"), sizes);
        double[] first = Json.doubles(json.get("first"));
        for (int i = 0; i < first.length; i++) {
            number(what + " at " + i, first[i], values[i]);
        }
    }
}
