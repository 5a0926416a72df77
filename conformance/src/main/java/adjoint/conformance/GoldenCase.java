package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.nn.Model;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One reference case: code, its arguments, and the values, gradients and gradients of gradients that PyTorch gives. */
record GoldenCase(Map<String, Object> json) {
    /** A result that differs from the reference. */
    static final class Disagreement extends RuntimeException {
        private static final long serialVersionUID = 1;

        Disagreement(String what) {
            super(what);
        }
    }

    String id() {
        return (String) json.get("id");
    }

    /** What comes before the second stroke of its name: {@code d2l/linreg}. */
    String family() {
        String[] parts = id().split("/");
        return String.join("/", Arrays.asList(parts).subList(0, Math.min(2, parts.length)));
    }

    /** Whether it only gives what others of its family need, and has nothing to check. */
    boolean isData() {
        return id().equals(family() + "/data");
    }

    @Override
    public String toString() {
        return id() + (json.containsKey("code") ? "   " + json.get("code") : "");
    }

    /**
     * Runs the case.
     *
     * @throws Disagreement if a result differs
     * @throws Unsupported if it needs what does not exist
     */
    void check() {
        try (var _ = Autograd.enableGrad()) { // and what the program switches ends with it
            dispatch();
        }
    }

    private void dispatch() {
        if (json.containsKey("raises")) {
            checkRefusal();
        } else if (json.containsKey("vars")) {
            checkProgram();
        } else if (json.containsKey("table")) {
            GoldenTypes.check(json);
        } else if (Course.check(json)) {
            return;
        } else if (json.containsKey("module")) {
            checkModel();
        } else if (json.containsKey("text")) {
            checkText();
        } else if ("sized".equals(json.get("group"))) {
            Sized.check(json);
        } else if ("init".equals(json.get("group"))) {
            TorchData.checkInit(json);
        } else if (json.containsKey("f")) {
            checkFunctional();
        } else if (TorchRandom.isStream(json)) {
            checkStream();
        } else if (Training.knows(json)) {
            Training.check(json);
        } else if (json.get("code") instanceof String && json.get("out") instanceof List<?>) {
            checkExpression();
        } else {
            throw new Unsupported("cases of " + json.get("op"));
        }
    }

    /**
     * What PyTorch refuses must be refused, and nothing changed. Where it only warns, both is right: to do it silently,
     * and to refuse it.
     */
    private void checkRefusal() {
        boolean raises = (Boolean) json.get("raises");
        boolean warns = json.get("warnings") instanceof List<?> warnings && !warnings.isEmpty();
        Map<String, Object> variables = new LinkedHashMap<>();
        Map<String, String> state = new LinkedHashMap<>();
        try {
            PythonRun.run((String) json.get("code"), variables, () -> describe(variables, state));
        } catch (AdjointException e) {
            if (e.getMessage().isBlank()) {
                throw new Disagreement("refused without a word");
            }
            if (!raises && !warns) {
                throw new Disagreement("refused, unlike PyTorch: " + e.getMessage());
            }
            Map<String, String> after = new LinkedHashMap<>();
            describe(variables, after);
            equal("what was there when it was refused", state, after);
            return;
        } catch (PythonError e) {
            equal("error", json.get("type"), e.type());
            return;
        } catch (Unwritable e) {
            if (raises) {
                return;
            }
            throw e;
        }
        if (raises) {
            throw new Disagreement("not refused; PyTorch says: " + json.get("message"));
        }
    }

    /** All that an operation which fails must leave as it was. */
    private static void describe(Map<String, Object> variables, Map<String, String> state) {
        state.clear();
        variables.forEach((name, value) -> {
            if (value instanceof Tensor x) {
                Tensor grad = x.isLeaf() ? x.grad() : null;
                state.put(
                        name,
                        x.explain()
                                + Arrays.toString(x.detach().toDoubles())
                                + x.version()
                                + (grad == null ? "" : Arrays.toString(grad.toDoubles())));
            }
        });
    }

    private void checkFunctional() {
        Map<String, Object> arguments = arguments();
        Object v = arguments.remove("v");
        List<Tensor> x = arguments.values().stream().map(Tensor.class::cast).toList();
        List<Tensor> direction = v == null
                ? List.of()
                : PythonRun.flat(v).stream().map(Tensor.class::cast).toList();
        var f = (PythonRun.Callable) PythonRun.value((String) json.get("f"), new HashMap<>());
        String op = (String) json.get("op");
        compareAll(list(json.get("out")), Functional.apply(op.substring(op.lastIndexOf('.') + 1), f, x, direction));
    }

    private void compareAll(List<Object> expected, List<Object> out) {
        equal("number of results", expected.size(), out.size());
        for (int i = 0; i < out.size(); i++) {
            compare(out.size() == 1 ? "value" : "value " + i, expected.get(i), out.get(i));
        }
    }

    private void checkStream() {
        Object expected = json.get("out");
        Object found =
                TorchRandom.run((String) json.get("op"), (Long) json.get("seed"), (String) json.get("code"), expected);
        if (PythonRun.flat(found).stream().anyMatch(Tensor.class::isInstance)) {
            compareAll(list(expected), PythonRun.flat(found));
        } else {
            equal(
                    "numbers",
                    PythonRun.flat(expected).toString(),
                    PythonRun.flat(found).toString());
        }
    }

    private void checkText() {
        Object found = PythonRun.value((String) json.get("code"), new HashMap<>());
        equal("text", json.get("text"), found instanceof String s ? s : PythonText.quoted(found));
    }

    private void checkProgram() {
        Map<String, Object> variables = new LinkedHashMap<>();
        PythonRun.run((String) json.get("code"), variables);
        object(json.get("vars")).forEach((name, expected) -> compareVariable(name, expected, variables.get(name)));
    }

    private static void compareVariable(String name, Object expected, Object found) {
        compare(name, expected, found);
        if (found instanceof Tensor x) {
            Map<String, Object> wanted = object(expected);
            equal(name + ".requires_grad", wanted.get("requires_grad"), x.requiresGrad());
            equal(name + ".is_leaf", wanted.get("is_leaf"), x.isLeaf());
            if (wanted.get("grad") != null) {
                compare(name + ".grad", wanted.get("grad"), x.grad());
            }
        }
    }

    private void checkExpression() {
        checkExpression(arguments());
    }

    /** The model {@code m} of the case, with the given values in it, and what became of its buffers. */
    private void checkModel() {
        Model model = (Model) PythonRun.value((String) json.get("module"), new HashMap<>());
        if (json.get("dtype").equals("float64")) {
            model.to(DType.F64);
        }
        Map<String, Tensor> state = new LinkedHashMap<>();
        object(json.getOrDefault("params", Map.of())).forEach((name, t) -> state.put(name, Values.tensor(t)));
        object(json.getOrDefault("buffers", Map.of())).forEach((name, t) -> state.put(name, Values.tensor(t)));
        model.loadStateDict(state);
        if (Boolean.FALSE.equals(json.get("train"))) {
            model.eval();
        }
        Map<String, Object> arguments = arguments();
        arguments.put("m", model);
        model.namedParameters().forEach((name, t) -> arguments.put("params." + name, t));
        checkExpression(arguments);
        Map<String, Tensor> buffers = model.namedBuffers();
        object(json.getOrDefault("buffers_after", Map.of()))
                .forEach((name, expected) -> compare("buffer " + name, expected, buffers.get(name)));
    }

    private void checkExpression(Map<String, Object> arguments) {
        Map<String, Object> grads = object(json.getOrDefault("grads", Map.of()));
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        grads.keySet().forEach(name -> inputs.put(name, input(arguments, name).requiresGrad(true)));
        List<Object> out = PythonRun.flat(PythonRun.value((String) json.get("code"), arguments));
        compareAll(list(json.get("out")), out);
        if (!inputs.isEmpty()) {
            checkGradients(inputs, grads, out);
        }
    }

    private void checkGradients(Map<String, Tensor> inputs, Map<String, Object> grads, List<Object> out) {
        boolean twice = json.containsKey("second");
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> incoming = new ArrayList<>();
        Map<Integer, Tensor> byOutput = new LinkedHashMap<>();
        List<Object> given = list(json.get("grad_out"));
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i) != null && out.get(i) instanceof Tensor t && t.requiresGrad()) {
                outputs.add(t);
                incoming.add(Values.tensor(given.get(i)).requiresGrad(twice));
                byOutput.put(i, incoming.getLast());
            }
        }
        GraphOption[] options = twice
                ? new GraphOption[] {GraphOption.ALLOW_UNUSED, GraphOption.CREATE_GRAPH}
                : new GraphOption[] {GraphOption.ALLOW_UNUSED};
        Map<String, Tensor> found = gradients(outputs, inputs, incoming, options);
        grads.forEach((name, expected) -> compare("gradient of " + name, expected, found.get(name)));
        if (twice) {
            checkSecond(inputs, byOutput, found);
        }
    }

    private void checkSecond(Map<String, Tensor> inputs, Map<Integer, Tensor> incoming, Map<String, Tensor> first) {
        Map<String, Object> second = object(json.get("second"));
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        object(second.get("const")).forEach((name, weight) -> {
            if (first.get(name) != null && first.get(name).requiresGrad()) {
                outputs.add(first.get(name));
                weights.add(Values.tensor(weight));
            }
        });
        Map<String, Tensor> wanted = new LinkedHashMap<>(inputs);
        incoming.forEach((output, grad) -> wanted.put("grad_out " + output, grad));
        Map<String, Tensor> found = gradients(outputs, wanted, weights, GraphOption.ALLOW_UNUSED);
        object(second.get("grads"))
                .forEach((name, expected) -> compare("second gradient of " + name, expected, found.get(name)));
        List<Object> expected = list(second.get("grad_out_grads"));
        for (int i = 0; i < expected.size(); i++) {
            compare("second gradient of grad_out " + i, expected.get(i), found.get("grad_out " + i));
        }
    }

    private static Map<String, Tensor> gradients(
            List<Tensor> outputs, Map<String, Tensor> inputs, List<Tensor> incoming, GraphOption... options) {
        Map<String, Tensor> result = new HashMap<>();
        if (outputs.isEmpty()) {
            return result;
        }
        List<Tensor> found = Autograd.grad(outputs, List.copyOf(inputs.values()), incoming, options);
        int i = 0;
        for (String name : inputs.keySet()) {
            result.put(name, found.get(i++));
        }
        return result;
    }

    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        object(json.getOrDefault("args", Map.of()))
                .forEach((name, value) -> arguments.put(name, argument(value, arguments)));
        return arguments;
    }

    private static Object argument(Object value, Map<String, Object> before) {
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(argument(item, before)));
            return items;
        }
        if (value instanceof String s && List.of("NaN", "Infinity", "-Infinity").contains(s)) {
            return Double.valueOf(s);
        }
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, Object> map = object(value);
        if (map.containsKey("ref")) {
            return before.get((String) map.get("ref"));
        }
        return map.containsKey("data") ? Values.tensor(map) : new PythonRun.Path("torch." + map.get("dtype"));
    }

    /** The tensor that a name such as {@code x} or {@code tensors.1} means. */
    private static Tensor input(Map<String, Object> arguments, String name) {
        int dot = name.indexOf('.');
        return (Tensor)
                (arguments.containsKey(name)
                        ? arguments.get(name)
                        : list(arguments.get(name.substring(0, dot))).get(Integer.parseInt(name.substring(dot + 1))));
    }

    private static void equal(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new Disagreement(what + " is " + found + ", not " + expected);
        }
    }

    /** Compares a tensor, or a plain value, or a list of either. */
    private static void compare(String what, Object expected, Object found) {
        if (expected instanceof List<?> wanted && (found instanceof PythonRun.Tuple || found instanceof List<?>)) {
            List<Object> items = Torch.items(found);
            equal(what + ": length", wanted.size(), items.size());
            for (int i = 0; i < items.size(); i++) {
                compare(what + "[" + i + "]", wanted.get(i), items.get(i));
            }
            return;
        }
        if (!(expected instanceof Map<?, ?>) || !(found instanceof Tensor)) {
            boolean same = expected instanceof Double wanted && found instanceof Double number
                    ? near(wanted, number, DType.F32)
                    : Objects.equals(expected, found);
            if (!same) {
                String wanted = expected instanceof Map<?, ?> map ? String.valueOf(map.get("data")) : "" + expected;
                throw new Disagreement(what + " is " + found + ", not " + wanted);
            }
            return;
        }
        Map<String, Object> json = object(expected);
        Tensor x = (Tensor) found;
        equal(what + ": dtype", Arguments.dtype((String) json.get("dtype")), x.dtype());
        equal(what + ": shape", Shape.of(Json.longs(json.get("shape"))), x.shape());
        double[] wanted = Json.doubles(json.get("data"));
        double[] values = x.toDoubles();
        for (int i = 0; i < values.length; i++) {
            if (!near(wanted[i], values[i], x.dtype())) {
                throw new Disagreement(what + ": " + values[i] + ", not " + wanted[i] + ", at " + i + " of shape "
                        + x.shape() + " " + Arrays.toString(values));
            }
        }
    }

    private static boolean near(double wanted, double found, DType dtype) {
        if (Double.isNaN(wanted) || Double.isInfinite(wanted) || !dtype.isFloating()) {
            return wanted == found || (Double.isNaN(wanted) && Double.isNaN(found));
        }
        double relative = dtype == DType.F64 ? 1e-9 : 2e-5;
        double absolute = dtype == DType.F64 ? 1e-11 : 2e-6;
        return Math.abs(wanted - found) <= absolute + relative * Math.abs(wanted);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
