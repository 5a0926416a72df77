package adjoint.conformance;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reference cases of optimizers: a few steps on a small problem, written out in {@code golden/README.md}'s words. */
final class Training {
    private static final double[][] A = {{3, 1}, {1, 2}};
    private static final double[] B = {1, -1};

    private Training() {}

    static void check(Map<String, Object> json) {
        if (!(json.get("x0") instanceof List<?> start) || !(json.get("hyper") instanceof Map<?, ?> hyper)) {
            throw new Unsupported("cases of " + json.get("op"));
        }
        boolean single = json.get("dtype").equals("float32");
        Tensor x = Tensor.of((Object) Json.doubles(start), single ? DType.F32 : DType.F64)
                .requiresGrad(true);
        Map<String, Object> named = new HashMap<>();
        hyper.forEach((name, value) -> named.put((String) name, value));
        Object optimizer = Torch.function((String) json.get("op")).call(List.of(List.of(x)), named);
        int step = 0;
        for (Object wanted : (List<?>) json.get("steps")) {
            method(optimizer, "zero_grad");
            Tensor loss = problem((String) json.get("problem"), x);
            loss.backward();
            method(optimizer, "step");
            Map<?, ?> expected = (Map<?, ?>) wanted;
            String what = "step " + step++;
            near(what + ", loss", number(expected.get("loss")), loss.item(), single);
            double[] values = Json.doubles(expected.get("x"));
            for (int i = 0; i < values.length; i++) {
                near(what + ", x" + i, values[i], x.toDoubles()[i], single);
            }
        }
    }

    private static void method(Object optimizer, String name) {
        PythonValues.call(PythonValues.attribute(optimizer, name), List.of(), Map.of());
    }

    private static Tensor problem(String name, Tensor x) {
        return switch (name) {
            case "quadratic" ->
                x.dot(Tensor.of((Object) A, x.dtype()).matmul(x))
                        .mul(0.5)
                        .sub(Tensor.of((Object) B, x.dtype()).dot(x));
            case "rosenbrock" -> {
                Tensor x0 = x.select(0, 0);
                Tensor valley = x.select(0, 1).sub(x0.pow(2)).pow(2).mul(100);
                yield valley.add(x0.rsub(1).pow(2));
            }
            default -> throw new Unsupported("the problem " + name);
        };
    }

    private static double number(Object value) {
        return Json.doubles(value)[0];
    }

    private static void near(String what, double wanted, double found, boolean single) {
        double allowed = single ? 2e-6 + 1e-4 * Math.abs(wanted) : 1e-11 + 1e-9 * Math.abs(wanted);
        if (Double.compare(wanted, found) != 0 && !(Math.abs(wanted - found) <= allowed)) {
            throw new GoldenCase.Disagreement(what + ": " + found + ", not " + wanted);
        }
    }
}
