package adjoint.conformance;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The course's linear regression, step by step, from scratch and with a layer. The data and the order in which they are
 * taken are fields of the case, or of another case of the group that has nothing else; they are known by their shapes.
 */
final class Regression {
    private static final String SCRATCH = """
            loss = ((torch.matmul(X, w) + b - Y) ** 2 / 2).sum()
            loss.backward()
            dw0, dw1, db = w.grad[0].item(), w.grad[1].item(), b.grad.item()
            with torch.no_grad():
                w -= lr * w.grad / len(X)
                b -= lr * b.grad / len(X)
                w.grad.zero_()
                b.grad.zero_()
            row = [loss.item(), dw0, dw1, db, w[0].item(), w[1].item(), b.item()]
            """;

    private static final String CONCISE = """
            loss = loss_of(net(X), Y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            row = [loss.item(), net[0].weight[0, 0].item(), net[0].weight[0, 1].item(), net[0].bias.item()]
            """;

    private final Map<String, Object> json;
    private final DType dtype;
    private final Map<String, Object> variables = new HashMap<>();

    private Regression(Map<String, Object> json) {
        this.json = json;
        dtype = Arguments.dtype((String) json.get("dtype"));
    }

    static void check(Map<String, Object> json) {
        new Regression(json).check();
    }

    private void check() {
        Tensor x = tensor(field("the features", shape -> shape.length == 2 && shape[0] > 2 && shape[1] == 2));
        long n = x.size(0);
        Tensor y = tensor(field("the labels", shape -> shape[0] == n && (shape.length == 1 || shape[1] == 1)))
                .reshape(n, 1);
        long[] order = order(n);
        boolean scratch = json.get("op").equals("linreg_scratch");
        variables.put("dtype", new PythonRun.Path("torch." + json.get("dtype")));
        variables.put("w0", json.getOrDefault("w0", List.of(List.of(0.01), List.of(-0.02))));
        variables.put("b0", json.getOrDefault("b0", List.of(0.0)));
        variables.put("lr", json.getOrDefault("lr", 0.03));
        run(scratch ? """
                  w = torch.tensor(w0, dtype=dtype, requires_grad=True)
                  b = torch.tensor(b0, dtype=dtype, requires_grad=True)
                  """ : """
                  net = nn.Sequential(nn.Linear(2, 1)).to(dtype)
                  net[0].weight.data.copy_(torch.tensor(w0, dtype=dtype).t())
                  net[0].bias.data.copy_(torch.tensor(b0, dtype=dtype))
                  loss_of = nn.MSELoss()
                  optimizer = torch.optim.SGD(net.parameters(), lr=lr)
                  """);
        steps(scratch, x, y, order);
    }

    private void steps(boolean scratch, Tensor x, Tensor y, long[] order) {
        Compare compare = new Compare(dtype);
        int batch = Math.toIntExact((Long) json.getOrDefault("batch", 10L));
        List<?> steps = (List<?>) json.get("steps");
        List<?> epochs = (List<?>) json.get("epoch_loss");
        List<?> names = (List<?>) json.get("step_fields");
        for (int step = 0; step < steps.size(); step++) {
            int from = step * batch % order.length;
            Tensor chosen = Tensor.of(Arrays.copyOfRange(order, from, from + batch));
            variables.put("X", x.indexSelect(0, chosen));
            variables.put("Y", y.indexSelect(0, chosen));
            run(scratch ? SCRATCH : CONCISE);
            List<?> wanted = (List<?>) steps.get(step);
            List<?> found = (List<?>) variables.get("row");
            for (int i = 0; i < names.size(); i++) {
                compare.number("step " + step + ", " + names.get(i), wanted.get(i), found.get(i));
            }
            if ((step + 1) % (steps.size() / epochs.size()) == 0) {
                variables.put("X", x);
                variables.put("Y", y);
                String loss = scratch ? "((torch.matmul(X, w) + b - Y) ** 2 / 2).mean()" : "loss_of(net(X), Y)";
                int epoch = step / (steps.size() / epochs.size());
                compare.number("epoch " + epoch, epochs.get(epoch), PythonRun.value(loss, variables));
            }
        }
    }

    private void run(String program) {
        PythonRun.run(program, variables);
    }

    private Tensor tensor(Object field) {
        Object data = field instanceof Map<?, ?> map ? map.get("data") : field;
        return Tensor.of((Object) Json.doubles(data), dtype).reshape(shape(field));
    }

    private static long[] shape(Object field) {
        if (field instanceof Map<?, ?> map) {
            return map.get("shape") instanceof List<?> sizes ? Json.longs(sizes) : new long[0];
        }
        List<Long> sizes = new ArrayList<>();
        for (Object at = field; at instanceof List<?> list; at = list.isEmpty() ? null : list.getFirst()) {
            sizes.add((long) list.size());
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private Object field(String what, Predicate<long[]> fits) {
        for (var entry : json.entrySet()) {
            long[] shape = shape(entry.getValue());
            boolean result = List.of("steps", "w", "w0", "b", "b0").contains(entry.getKey());
            if (!result && shape.length > 0 && fits.test(shape) && isReal(entry.getValue())) {
                return entry.getValue();
            }
        }
        throw new Unsupported(what + " of the regression, which no case of the group gives");
    }

    private static boolean isReal(Object field) {
        List<?> flat = Json.flat(field instanceof Map<?, ?> map ? map.get("data") : field);
        return flat.stream().anyMatch(Double.class::isInstance);
    }

    /** The samples in the order in which they are taken, in each epoch or in all. */
    private long[] order(long n) {
        for (Object value : json.values()) {
            Object field = value instanceof Map<?, ?> map ? map.get("data") : value;
            if (field instanceof List<?> list && shape(list).length > 0) {
                List<?> flat = Json.flat(list);
                if (flat.size() % n == 0 && flat.size() >= n && flat.stream().allMatch(Long.class::isInstance)) {
                    return Json.longs(flat);
                }
            }
        }
        throw new Unsupported("the order of the regression, which no case of the group gives");
    }
}
