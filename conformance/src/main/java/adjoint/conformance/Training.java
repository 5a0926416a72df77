package adjoint.conformance;

import adjoint.optim.Gradients;
import adjoint.optim.Optimizer;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reference cases of optimizers, which make a few steps on a small problem written out in {@code golden/README.md}'s
 * words, of schedules and of clipped gradients.
 */
final class Training {
    private static final double[][] A = {{3, 1}, {1, 2}};
    private static final double[] B = {1, -1};

    private Training() {}

    static boolean knows(Map<String, Object> json) {
        return json.containsKey("trace")
                || json.containsKey("lrs")
                || json.containsKey("grads_in")
                || json.containsKey("problem") && json.containsKey("steps");
    }

    static void check(Map<String, Object> json) {
        if (json.containsKey("trace")) {
            TrainingTraces.check(json);
        } else if (json.containsKey("lrs")) {
            TrainingSchedules.check(json);
        } else if (json.containsKey("grads_in")) {
            clip(json);
        } else if (json.containsKey("x0")) {
            steps(json);
        } else {
            groups(json);
        }
    }

    /** How near a number has to be. */
    record Tolerance(double relative, double absolute) {
        static final Tolerance F64 = new Tolerance(1e-9, 1e-11);
        private static final Tolerance F32 = new Tolerance(2e-5, 2e-6);
        private static final Tolerance LINE_SEARCH = new Tolerance(1e-3, 1e-3);

        static Tolerance of(Map<String, Object> json) {
            boolean single = "float32".equals(json.get("dtype"));
            return !single ? F64 : json.get("op").equals("torch.optim.LBFGS") ? LINE_SEARCH : F32;
        }

        void near(String what, double wanted, double found) {
            double allowed = absolute + relative * Math.abs(wanted);
            if (Double.compare(wanted, found) != 0 && !(Math.abs(wanted - found) <= allowed)) {
                throw new GoldenCase.Disagreement(what + ": " + found + ", not " + wanted);
            }
        }

        void near(String what, double[] wanted, double[] found) {
            same("number of elements of " + what, wanted.length, found.length);
            for (int i = 0; i < wanted.length; i++) {
                near(what + ", element " + i, wanted[i], found[i]);
            }
        }
    }

    static void same(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new GoldenCase.Disagreement(what + ": " + found + ", not " + wanted);
        }
    }

    static DType dtype(Map<String, Object> json) {
        return json.get("dtype") == null ? DType.F64 : Arguments.dtype((String) json.get("dtype"));
    }

    static Map<String, Object> strings(Object map) {
        Map<String, Object> strings = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((name, value) -> strings.put((String) name, value));
        return strings;
    }

    private static void steps(Map<String, Object> json) {
        Tolerance tolerance = Tolerance.of(json);
        Tensor x = Tensor.of((Object) Json.doubles(json.get("x0")), dtype(json)).requiresGrad(true);
        Object made = Torch.function((String) json.get("op")).call(List.of(List.of(x)), strings(json.get("hyper")));
        var optimizer = (Optimizer) made;
        int step = 0;
        for (Object wanted : (List<?>) json.get("steps")) {
            Tensor loss = optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor at = problem((String) json.get("problem"), x);
                at.backward();
                return at;
            });
            Map<?, ?> expected = (Map<?, ?>) wanted;
            String what = "step " + step++;
            tolerance.near(what + ", loss", Json.doubles(expected.get("loss"))[0], loss.item());
            tolerance.near(what + ", x", Json.doubles(expected.get("x")), x.toDoubles());
        }
        remembered(optimizer, strings(json.get("final_state")), tolerance);
    }

    /** What the optimizer remembers in the end; of LBFGS, what it counted. */
    private static void remembered(Optimizer optimizer, Map<String, Object> wanted, Tolerance tolerance) {
        Map<String, Tensor> state = new HashMap<>();
        optimizer.stateDict().forEach((name, t) -> {
            if (name.startsWith("state.0.")) {
                state.put(name.substring("state.0.".length()), t);
            }
        });
        boolean counted = wanted.values().stream().allMatch(Long.class::isInstance) && !wanted.isEmpty();
        if (!counted) {
            same("what is remembered", new TreeSet<>(wanted.keySet()), new TreeSet<>(state.keySet()));
        }
        wanted.forEach((name, value) -> {
            Tensor found = state.get(name);
            if (value instanceof Long count) {
                same(name, count, found == null ? 0L : found.itemLong());
                return;
            }
            Tensor expected = Values.tensor(value);
            same("shape of " + name, expected.shape(), found.shape());
            same("dtype of " + name, expected.dtype(), found.dtype());
            tolerance.near(name, expected.toDoubles(), found.toDoubles());
        });
    }

    private static Tensor problem(String name, Tensor x) {
        return switch (name) {
            case "quadratic" ->
                x.dot(Tensor.of((Object) A, x.dtype()).mul(x).sum(1))
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

    /** A problem written out as {@code expression, w0=[1,-2], b0=[0.5]}, with a group for each variable. */
    private static void groups(Map<String, Object> json) {
        Tolerance tolerance = Tolerance.of(json);
        String[] parts = ((String) json.get("problem")).split(", (?=\\w+0\\s*=)");
        Map<String, Object> variables = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] sides = parts[i].split("0\\s*=", 2);
            Object start = PythonRun.value(sides[1], new HashMap<>());
            variables.put(sides[0], TorchCreation.tensor(start, dtype(json)).requiresGrad(true));
        }
        Map<String, Object> hyper = strings(json.get("hyper"));
        List<Object> groups = new ArrayList<>();
        variables.forEach((name, parameter) -> {
            Map<String, Object> group = strings(hyper.get("group_" + name));
            group.put("params", List.of(parameter));
            groups.add(group);
        });
        Object made = Torch.function((String) json.get("op")).call(List.of(groups), strings(hyper.get("default")));
        var optimizer = (Optimizer) made;
        int step = 0;
        for (Object wanted : (List<?>) json.get("steps")) {
            Map<String, Object> expected = strings(wanted);
            String what = "step " + step++ + ", ";
            Tensor loss = optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor at = (Tensor) PythonRun.value(parts[0], new HashMap<>(variables));
                at.backward();
                return at;
            });
            tolerance.near(what + "loss", Json.doubles(expected.remove("loss"))[0], loss.item());
            expected.forEach((name, value) ->
                    tolerance.near(what + name, Json.doubles(value), ((Tensor) variables.get(name)).toDoubles()));
        }
    }

    private static void clip(Map<String, Object> json) {
        Tolerance tolerance = Tolerance.of(json);
        List<Tensor> parameters = new ArrayList<>();
        for (Object gradient : (List<?>) json.get("grads_in")) {
            Tensor g = gradient == null ? null : Values.nested(gradient, dtype(json));
            Tensor p = g == null ? Tensor.zeros(dtype(json), 1) : Tensor.zerosLike(g);
            p.requiresGrad(true).grad(g);
            parameters.add(p);
        }
        switch ((String) json.get("op")) {
            case "clip_grad_norm_" -> {
                double order = Json.doubles(json.get("norm_type"))[0];
                double max = Json.doubles(json.get("max_norm"))[0];
                double found = Gradients.clipNorm(parameters, max, order, Gradients.NonFinite.SCALE);
                tolerance.near("norm", Json.doubles(json.get("total_norm"))[0], found);
            }
            case "clip_grad_value_" -> Gradients.clipValue(parameters, Json.doubles(json.get("clip_value"))[0]);
            default -> throw new Unsupported("cases of " + json.get("op"));
        }
        List<?> wanted = (List<?>) json.get("grads_out");
        for (int i = 0; i < wanted.size(); i++) {
            Tensor found = parameters.get(i).grad();
            same("gradient " + i + " is there", wanted.get(i) != null, found != null);
            if (found != null) {
                Tensor expected = Values.tensor(wanted.get(i));
                same("shape of gradient " + i, expected.shape(), found.shape());
                tolerance.near("gradient " + i, expected.toDoubles(), found.toDoubles());
            }
        }
    }
}
