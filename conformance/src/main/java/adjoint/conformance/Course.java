package adjoint.conformance;

import adjoint.nn.Model;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reference cases that train what the course trains: regressions, networks, character models. Data and first parameters
 * are given by formulas; losses, gradients and what became of the parameters are compared step by step.
 */
final class Course {
    private static final String STEP = """
            optimizer.zero_grad()
            y_hat = model(x)
            loss = loss_of(y_hat, y)
            loss.backward()
            """;

    private final Map<String, Object> json;
    private final DType dtype;
    private final Map<String, Object> variables = new HashMap<>();

    private Course(Map<String, Object> json) {
        this.json = json;
        dtype = Arguments.dtype((String) json.get("dtype"));
    }

    /** Checks a case, if it is one of these. */
    static boolean check(Map<String, Object> json) {
        switch ((String) json.get("op")) {
            case "train10" -> new Course(json).network();
            case "char_rnn" -> new Course(json).characters();
            case "linreg_scratch", "linreg_concise" -> Regression.check(json);
            case "weight_decay" -> new Course(json).weightDecay();
            case null, default -> {
                return false;
            }
        }
        return true;
    }

    private void run(String program) {
        PythonRun.run(program, variables);
    }

    /** {@code size · sin(0.7 i + k)} for parameter k: computed in double precision, whatever the type. */
    private Model filled(Model model, double size) {
        model.to(dtype);
        int k = 0;
        for (Tensor parameter : model.parameters()) {
            Tensor at =
                    Tensor.arange(DType.F64, 0, parameter.numel(), 1).mul(0.7).add(k++);
            parameter.data(
                    at.sin().mul(size).to(dtype).reshape(parameter.shape().sizes()));
        }
        return model;
    }

    private Tensor cosines(double rate, long... sizes) {
        long n = Tensor.zeros(sizes).numel();
        return Tensor.arange(DType.F64, 0, n, 1).mul(rate).cos().to(dtype).reshape(sizes);
    }

    private void network() {
        long n = (Long) json.get("n");
        List<Long> sizes = new ArrayList<>(List.of(n));
        ((List<?>) json.get("in_shape")).forEach(size -> sizes.add((Long) size));
        Map<String, Object> hyper = new LinkedHashMap<>();
        ((Map<?, ?>) json.get("hyper")).forEach((name, value) -> hyper.put((String) name, value));
        Model model = filled((Model) PythonRun.value((String) json.get("module"), variables), 0.1);
        variables.put("model", model);
        variables.put(
                "x", cosines(0.3, sizes.stream().mapToLong(Long::longValue).toArray()));
        variables.put("hyper", hyper);
        Map<?, ?> first = (Map<?, ?>) json.get("first_step");
        List<?> shape = (List<?>) ((Map<?, ?>) first.get("logits")).get("shape");
        variables.put("classes", shape.getLast());
        run("optimizer = torch.optim." + json.get("optimizer") + "(model.parameters(), **hyper)\n"
                + "y = torch.arange(len(x)) % classes\n"
                + "loss_of = F.cross_entropy\n");
        Compare compare = new Compare(dtype);
        List<?> losses = (List<?>) json.get("losses");
        for (int step = 0; step < losses.size(); step++) {
            run(STEP);
            compare.number("loss " + step, losses.get(step), variables.get("loss"));
            if (step == 0) {
                compare.tensor("logits", first.get("logits"), (Tensor) variables.get("y_hat"));
                ((Map<?, ?>) first.get("grads"))
                        .forEach((name, wanted) -> compare.summary(
                                "gradient of " + name,
                                wanted,
                                model.namedParameters().get((String) name).grad()));
            }
            run("optimizer.step()");
        }
        Map<?, ?> gradients = (Map<?, ?>) first.get("grads");
        double drift = 10 * losses.size() * (Double) hyper.getOrDefault("lr", 1e-3);
        ((Map<?, ?>) json.get("final")).forEach((name, wanted) -> {
            Compare how = isRounding(gradients, name) ? compare.allowing(drift) : compare;
            how.summary("final " + name, wanted, model.namedParameters().get((String) name));
        });
        boolean drifts = gradients.keySet().stream().anyMatch(name -> isRounding(gradients, name));
        ((Map<?, ?>) json.get("buffers"))
                .forEach((name, wanted) -> (drifts ? compare.allowing(drift) : compare)
                        .tensor("final " + name, wanted, model.namedBuffers().get((String) name)));
    }

    /**
     * Whether a gradient is 0 but for rounding: that of a bias before a normalisation. An optimizer that divides gradients
     * by their size makes steps of it whose direction is chance, in PyTorch from machine to machine too.
     */
    private boolean isRounding(Map<?, ?> gradients, Object name) {
        double largest =
                gradients.values().stream().mapToDouble(Course::size).max().orElse(0);
        return size(gradients.get(name)) < (dtype == DType.F64 ? 1e-13 : 1e-6) * largest;
    }

    private static double size(Object summary) {
        return Json.doubles(((Map<?, ?>) summary).get("abs_sum"))[0];
    }

    private void characters() {
        Model model = filled((Model) PythonRun.value((String) json.get("module"), variables), 0.3);
        variables.put("model", model);
        variables.put("tokens", new ArrayList<Object>((List<?>) json.get("tokens")));
        variables.put("dtype", new PythonRun.Path("torch." + json.get("dtype")));
        run("""
                tokens = torch.tensor(tokens)
                x = F.one_hot(tokens[:-2].view(-1, 2), model['out'].weight.shape[0]).to(dtype)
                y = tokens[1:-1]
                optimizer = torch.optim.SGD(model.parameters(), lr=1)
                """);
        Compare compare = new Compare(dtype);
        List<?> losses = (List<?>) json.get("losses");
        List<?> norms = (List<?>) json.get("norms_before_clip");
        for (int step = 0; step < losses.size(); step++) {
            run("""
                    optimizer.zero_grad()
                    states, _ = model['rnn'](x)
                    loss = F.cross_entropy(model['out'](states).reshape(len(y), -1), y)
                    loss.backward()
                    norm = nn.utils.clip_grad_norm_(model.parameters(), 1)
                    optimizer.step()
                    """);
            compare.number("loss " + step, losses.get(step), variables.get("loss"));
            compare.number("norm " + step, norms.get(step), variables.get("norm"));
        }
    }

    private void weightDecay() {
        Tensor x = cosines(0.37, 20, 30);
        variables.put("x", x);
        variables.put(
                "y", x.mul(0.01).sum(new int[] {1}, adjoint.tensor.Dim.KEEP).add(0.05));
        variables.put("model", filled((Model) PythonRun.value("nn.Linear(30, 1)", variables), 0.1));
        variables.put("lr", json.get("lr"));
        variables.put("decay", json.get("weight_decay"));
        run("""
                loss_of = F.mse_loss
                optimizer = torch.optim.SGD(
                    [{'params': [model.weight], 'weight_decay': decay}, {'params': [model.bias]}], lr=lr)
                """);
        Compare compare = new Compare(dtype);
        List<?> losses = (List<?>) json.get("losses");
        for (int step = 0; step < losses.size(); step++) {
            run(STEP + "optimizer.step()\n");
            compare.number("loss " + step, losses.get(step), variables.get("loss"));
        }
        compare.number("norm", json.get("w_norm"), PythonRun.value("model.weight.norm()", variables));
    }
}
