package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.conformance.GoldenCase.Disagreement;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Cases on many sizes, of inputs given by formulas and results given by their sums and their ends. */
final class Sized {
    /** From here on sums of float32 depend on their order visibly. */
    private static final int LONG_SUM = 10_000;

    private final Map<String, Object> json;
    private final DType dtype;
    private final Map<String, Object> inputs = new LinkedHashMap<>();
    private long longest = 1;

    private Sized(Map<String, Object> json) {
        this.json = json;
        dtype = Arguments.dtype((String) json.get("dtype"));
    }

    static void check(Map<String, Object> json) {
        new Sized(json).check();
    }

    private void check() {
        inputs();
        if (!(PythonRun.value((String) json.get("code"), inputs) instanceof Tensor out)) {
            throw new Unsupported("several values of a sized case");
        }
        compare("value", json.get("out"), out);
        Map<?, ?> grads = (Map<?, ?>) json.get("grads");
        if (grads == null || grads.isEmpty()) {
            return;
        }
        List<Tensor> wanted =
                grads.keySet().stream().map(name -> (Tensor) inputs.get(name)).toList();
        Tensor incoming = filled(i -> Math.sin(0.05 * i) + 0.5, out.shape().sizes());
        List<Tensor> found = Autograd.grad(List.of(out), wanted, List.of(incoming), GraphOption.ALLOW_UNUSED);
        int i = 0;
        for (var entry : grads.entrySet()) {
            compare("gradient of " + entry.getKey(), entry.getValue(), found.get(i++));
        }
    }

    private void inputs() {
        if (json.containsKey("mkn")) {
            long[] mkn = Json.longs(json.get("mkn"));
            x("a", mkn[0], mkn[1]);
            y("b", mkn[1], mkn[2]);
            y("c", mkn[2], mkn[1]);
            x("d", mkn[1], mkn[0]);
            x("e", mkn[2]);
        } else if (json.containsKey("x_shape")) {
            x("x", Json.longs(json.get("x_shape")));
            if (json.get("w_shape") != null) {
                y("w", Json.longs(json.get("w_shape")));
            }
        } else if (json.get("n") instanceof Long n) {
            x("x", n);
            y("y", n);
        } else {
            throw new Unsupported("cases of " + json.get("op"));
        }
    }

    private void x(String name, long... sizes) {
        input(name, i -> 2 * Math.sin(0.37 * i), sizes);
    }

    private void y(String name, long... sizes) {
        input(name, i -> 1.5 * Math.cos(0.11 * i) + 2, sizes);
    }

    private void input(String name, DoubleUnaryOperator formula, long... sizes) {
        longest = Math.max(longest, Shape.of(sizes).numel());
        inputs.put(name, filled(formula, sizes).requiresGrad(true));
    }

    private Tensor filled(DoubleUnaryOperator formula, long... sizes) {
        double[] values = new double[(int) Shape.of(sizes).numel()];
        Arrays.setAll(values, i -> formula.applyAsDouble(i));
        return Tensor.of((Object) values, dtype).reshape(sizes);
    }

    private void compare(String what, Object expected, Tensor found) {
        if (expected == null || found == null) {
            if (expected != (Object) found) {
                throw new Disagreement(what + " is " + (found == null ? "none" : "there") + ", unlike PyTorch's");
            }
            return;
        }
        Map<?, ?> wanted = (Map<?, ?>) expected;
        same(what + ": dtype", Arguments.dtype((String) wanted.get("dtype")), found.dtype());
        same(what + ": shape", Shape.of(Json.longs(wanted.get("shape"))), found.shape());
        double[] values = found.toDoubles();
        double sum = 0;
        double absolute = 0;
        double cosine = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            absolute += Math.abs(values[i]);
            cosine += values[i] * Math.cos(0.5 * i);
        }
        double size = Json.doubles(wanted.get("abs_sum"))[0];
        near(what + ": sum", wanted.get("sum"), sum, size);
        near(what + ": sum of sizes", wanted.get("abs_sum"), absolute, size);
        near(what + ": sum with cosines", wanted.get("cos_sum"), cosine, size);
        double[] first = Json.doubles(wanted.get("first"));
        double[] last = Json.doubles(wanted.get("last"));
        for (int i = 0; i < first.length; i++) {
            near(what + " at " + i, first[i], values[i], 0);
            near(
                    what + " at " + (i - last.length) + " from the end",
                    last[i],
                    values[values.length - last.length + i],
                    0);
        }
    }

    private static void same(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new Disagreement(what + " is " + found + ", not " + wanted);
        }
    }

    private void near(String what, Object expected, double found, double size) {
        double wanted = Json.doubles(expected)[0];
        double relative = dtype == DType.F64 ? 1e-9 : longest > LONG_SUM ? 1e-3 : 2e-5;
        double absolute = dtype == DType.F64 ? 1e-11 : 2e-6;
        boolean close = Math.abs(wanted - found) <= absolute + relative * Math.max(Math.abs(wanted), size);
        if (!close && Double.compare(wanted, found) != 0) {
            throw new Disagreement(what + " is " + found + ", not " + wanted);
        }
    }
}
