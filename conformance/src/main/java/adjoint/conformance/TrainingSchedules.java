package adjoint.conformance;

import adjoint.conformance.Training.Tolerance;
import adjoint.optim.LRScheduler;
import adjoint.optim.ParameterGroup;
import adjoint.optim.Rates;
import adjoint.optim.ReduceLROnPlateau;
import adjoint.optim.SGD;
import adjoint.optim.Setting;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reference cases of schedules: the rates of each group after each step. */
final class TrainingSchedules {
    private static final String PREFIX = "torch.optim.lr_scheduler.";

    /** Schedules by the words {@code LinearLR(start 0.1, total_iters 5) then …}. */
    private static final Pattern NAMED = Pattern.compile("(\\w+)\\(([^)]*)\\)");

    private TrainingSchedules() {}

    static void check(Map<String, Object> json) {
        String op = (String) json.get("op");
        if (op.startsWith("d2l.")) {
            rates(op, json);
            return;
        }
        ParameterGroup[] groups = ((List<?>) json.get("base_lr"))
                .stream()
                        .map(lr -> new ParameterGroup(Tensor.zeros(1).requiresGrad(true)).lr(TorchOptim.number(lr)))
                        .toArray(ParameterGroup[]::new);
        var sgd = new SGD(0.1, groups).momentum(0.9);
        Object schedule = json.get("hyper") instanceof String text
                ? composite(op, text, sgd)
                : Torch.function(op).call(List.of(sgd), arguments(Training.strings(json.get("hyper"))));
        List<?> lrs = (List<?>) json.get("lrs");
        List<?> metrics = (List<?>) json.get("metrics");
        List<?> momentums = (List<?>) json.get("momentums");
        for (int i = 0; i < lrs.size(); i++) {
            if (i > 0) {
                sgd.step();
                switch (schedule) {
                    case LRScheduler s -> s.step();
                    case ReduceLROnPlateau s -> s.step(TorchOptim.number(metrics.get(i - 1)));
                    default -> throw new Unsupported("steps of " + schedule);
                }
            }
            compare("rate after step " + i, lrs.get(i), Setting.LR, groups);
            if (momentums != null) {
                compare("momentum after step " + i, momentums.get(i), Setting.MOMENTUM, groups);
            }
        }
    }

    private static void compare(String what, Object wanted, Setting setting, ParameterGroup[] groups) {
        double[] found = new double[groups.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = groups[i].get(setting);
        }
        Tolerance.F64.near(what, Json.doubles(wanted), found);
    }

    /** A function that is written out, as one. */
    private static Map<String, Object> arguments(Map<String, Object> hyper) {
        hyper.replaceAll((_, value) -> value instanceof String text && text.startsWith("lambda")
                ? PythonRun.value(text, new HashMap<>())
                : value);
        return hyper;
    }

    private static Object composite(String op, String text, SGD sgd) {
        List<Object> schedules = new ArrayList<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            if (TorchTable.FUNCTIONS.containsKey(PREFIX + named.group(1))) {
                schedules.add(one(named.group(1), named.group(2), sgd));
            }
        }
        if (op.endsWith("ChainedScheduler")) {
            return Torch.function(op).call(List.of(schedules), Map.of());
        }
        List<Object> milestones = new ArrayList<>();
        Matcher numbers = Pattern.compile("milestones? (\\[?[\\d, ]+)").matcher(text);
        if (!numbers.find()) {
            throw new Unsupported("the schedule " + text);
        }
        for (String number : numbers.group(1).replace("[", "").split("[, ]+")) {
            milestones.add(Long.valueOf(number));
        }
        return Torch.function(op).call(List.of(sgd, schedules, milestones), Map.of());
    }

    private static Object one(String name, String arguments, SGD sgd) {
        List<Object> positional = new ArrayList<>(List.of(sgd));
        Map<String, Object> options = new LinkedHashMap<>();
        for (String argument : arguments.split(",")) {
            String[] words = argument.strip().split("[ =]+");
            Object value = PythonRun.value(words[words.length - 1], new HashMap<>());
            if (words.length == 1) {
                positional.add(value);
            } else {
                options.put(
                        words[0].equals("start") || words[0].equals("end") ? words[0] + "_factor" : words[0], value);
            }
        }
        return Torch.function(PREFIX + name).call(positional, options);
    }

    private static void rates(String op, Map<String, Object> json) {
        Map<String, Object> hyper = Training.strings(json.get("hyper"));
        double lr =
                take(hyper, hyper.containsKey("lr") ? "lr" : "base_lr", op.endsWith("FactorScheduler") ? 0.1 : 0.01);
        IntToDoubleFunction rate = switch (op) {
            case "d2l.FactorScheduler" ->
                Rates.factor(lr, take(hyper, "factor", 1), take(hyper, "stop_factor_lr", 1e-7));
            case "d2l.SquareRootScheduler" -> Rates.squareRoot(lr);
            case "d2l.CosineScheduler" ->
                Rates.cosine(
                        lr,
                        take(hyper, "final_lr", 0),
                        (int) take(hyper, "max_update", 0),
                        (int) take(hyper, "warmup_steps", 0),
                        take(hyper, "warmup_begin_lr", 0));
            default -> throw new Unsupported(op);
        };
        if (!hyper.isEmpty()) {
            throw new Unsupported(op + " with " + hyper.keySet());
        }
        double[] wanted = Json.doubles(json.get("lrs"));
        for (int t = 0; t < wanted.length; t++) {
            Tolerance.F64.near("rate " + t, wanted[t], rate.applyAsDouble(t));
        }
    }

    private static double take(Map<String, Object> hyper, String name, double otherwise) {
        Object value = hyper.remove(name);
        return value == null ? otherwise : TorchOptim.number(value);
    }
}
