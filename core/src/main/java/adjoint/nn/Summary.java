package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table that {@link Layer#summary} gives. */
final class Summary {
    private static final ThreadLocal<Map<Model, Shape>> SEEN = new ThreadLocal<>();

    private Summary() {}

    /** What a container's layer made, if a summary is being made on this thread. */
    static void note(Model layer, Tensor output) {
        Map<Model, Shape> seen = SEEN.get();
        if (seen != null) {
            seen.put(layer, output.shape());
        }
    }

    static String of(Layer layer, long... inputShape) {
        Map<Model, Shape> seen = new IdentityHashMap<>();
        Structure structure = Structure.of(layer);
        List<Mode> training =
                structure.modes().stream().filter(Mode::isTraining).toList();
        training.forEach(mode -> mode.training(false));
        Map<Model, Shape> outer = SEEN.get();
        SEEN.set(seen);
        try (var _ = Autograd.noGrad()) {
            note(layer, layer.forward(input(structure, inputShape)));
        } finally {
            training.forEach(mode -> mode.training(true));
            if (outer == null) {
                SEEN.remove();
            } else {
                SEEN.set(outer);
            }
        }
        return table(layer, seen);
    }

    /** Zeros of the parameters' type. */
    private static Tensor input(Structure structure, long... shape) {
        Tensor zeros = Tensor.zeros(shape);
        return structure.parameters().values().stream()
                .findFirst()
                .map(p -> zeros.to(p.dtype()))
                .orElse(zeros);
    }

    private static String table(Layer layer, Map<Model, Shape> seen) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"layer", "kind", "output", "parameters"});
        layer.models()
                .forEach((name, model) -> rows.add(new String[] {
                    name,
                    ModelText.name(model),
                    seen.containsKey(model) ? seen.get(model).toString() : "",
                    number(model.parameterCount())
                }));
        int[] widths = new int[4];
        for (String[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        var text = new StringBuilder();
        for (String[] row : rows) {
            String line = String.format(
                    Locale.ROOT,
                    "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %" + widths[3] + "s",
                    (Object[]) row);
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        return text.toString();
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
