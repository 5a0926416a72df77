package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Optimizers as named tensors, and back: {@code param_groups.0.lr}, {@code state.0.exp_avg}. */
final class StateDict {
    static final String STATE = "state.";
    private static final String GROUPS = "param_groups.";
    private static final String PARAMS = "params";
    private static final String INITIAL_LR = "initial_lr";

    private StateDict() {}

    /** The groups' settings, and the numbers of their parameters. */
    static Map<String, Tensor> ofGroups(List<ParameterGroup> groups) {
        Map<String, Tensor> dict = new LinkedHashMap<>();
        long next = 0;
        for (int k = 0; k < groups.size(); k++) {
            ParameterGroup group = groups.get(k);
            String prefix = GROUPS + k + ".";
            long end = next + group.parameters().size();
            dict.put(prefix + PARAMS, Tensor.arange(next, end));
            next = end;
            for (Setting setting : group.settings()) {
                dict.put(prefix + setting.name(), Tensor.scalar(group.get(setting), DType.F64));
            }
            if (!Double.isNaN(group.initialLr())) {
                dict.put(prefix + INITIAL_LR, Tensor.scalar(group.initialLr(), DType.F64));
            }
        }
        return dict;
    }

    /** Checks everything, then takes it over. */
    static void load(Optimizer optimizer, Map<String, Tensor> dict) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        List<Map<String, Tensor>> groups = new ArrayList<>();
        optimizer.groups().forEach(_ -> groups.add(new LinkedHashMap<>()));
        dict.forEach((name, t) -> {
            if (name.startsWith(STATE)) {
                state.put(name.substring(STATE.length()), t);
                return;
            }
            int dot = name.indexOf('.', GROUPS.length());
            int k = name.startsWith(GROUPS) && dot > 0 ? number(name.substring(GROUPS.length(), dot)) : -1;
            if (k < 0 || k >= groups.size()) {
                throw unlike(optimizer, "unexpected " + name, "it has " + groups.size() + " groups");
            }
            groups.get(k).put(name.substring(dot + 1), t);
        });
        List<double[]> values = new ArrayList<>();
        for (int k = 0; k < groups.size(); k++) {
            values.add(values(optimizer, k, groups.get(k)));
        }
        Runnable remember = optimizer.remembering(state);
        put(optimizer, values);
        remember.run();
        for (int k = 0; k < groups.size(); k++) {
            Tensor initial = groups.get(k).get(INITIAL_LR);
            optimizer.groups().get(k).initialLr(initial == null ? Double.NaN : initial.item());
        }
    }

    /** Sets the groups' values, or none of them if they do not go together. */
    private static void put(Optimizer optimizer, List<double[]> values) {
        List<double[]> before =
                optimizer.groups().stream().map(ParameterGroup::values).toList();
        try {
            for (int k = 0; k < values.size(); k++) {
                optimizer.groups().get(k).restore(values.get(k));
                optimizer.check(optimizer.groups().get(k));
            }
        } catch (ValueException e) {
            for (int k = 0; k < values.size(); k++) {
                optimizer.groups().get(k).restore(before.get(k));
            }
            throw e;
        }
    }

    private static double[] values(Optimizer optimizer, int k, Map<String, Tensor> given) {
        ParameterGroup group = optimizer.groups().get(k);
        var missing = new TreeSet<String>(List.of(PARAMS));
        group.settings().forEach(s -> missing.add(s.name()));
        var unexpected = new TreeSet<>(given.keySet());
        unexpected.removeAll(missing);
        unexpected.remove(INITIAL_LR);
        missing.removeAll(given.keySet());
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw unlike(
                    optimizer,
                    (missing.isEmpty() ? "" : "missing " + missing)
                            + (missing.isEmpty() || unexpected.isEmpty() ? "" : ", ")
                            + (unexpected.isEmpty() ? "" : "unexpected " + unexpected) + " in group " + k,
                    "the settings are those of another kind of optimizer");
        }
        long parameters = given.get(PARAMS).numel();
        if (parameters != group.parameters().size()) {
            throw unlike(
                    optimizer,
                    "group " + k + " of " + parameters + " parameters",
                    "here it has " + group.parameters().size());
        }
        given.forEach((name, t) -> {
            if (!name.equals(PARAMS) && t.numel() != 1) {
                throw unlike(optimizer, name + " of shape " + t.shape(), "it has to be one number");
            }
        });
        return group.settings().stream()
                .mapToDouble(s -> s.check(given.get(s.name()).item()))
                .toArray();
    }

    /** The whole number that a part of a name is; -1 if it is none. */
    static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    static DataException unlike(Optimizer optimizer, String what, String why) {
        return new DataException(optimizer.name() + ".loadStateDict: " + what + ": " + why
                + ". Build the optimizer as it was when it was saved: the same class, groups and parameters.");
    }
}
