package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.conformance.Training.Tolerance;
import adjoint.linalg.Linalg;
import adjoint.optim.Adagrad;
import adjoint.optim.Optimizer;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reference cases that follow a point on its way down a function: the course's, and Newton's method. */
final class TrainingTraces {
    private static final String USUAL = "0.1x1^2+2x2^2";
    private static final double EPS = 1e-6; // the course's, under the root

    private TrainingTraces() {}

    static void check(Map<String, Object> json) {
        String op = (String) json.get("op");
        String described = (String) json.get("id");
        String kind = op.replaceFirst("^d2l\\.", "").split(" ", 2)[0];
        double[][] wanted =
                ((List<?>) json.get("trace")).stream().map(Json::doubles).toArray(double[][]::new);
        switch (kind) {
            case "newton" -> {
                // Of one variable; the function stands between the name and the first setting.
                String f = described.replaceFirst("^.*?newton ", "").replaceFirst(" \\w+=.*$", "");
                follow(
                        wanted,
                        vector(start(json, "from x=(-?[\\d.]+)", "10")),
                        x -> newton(f, x, setting(json, "eta", 1)));
            }
            case "newton_hessian_solve" -> {
                String problem = (String) json.get("problem");
                Tensor x = vector(start(json, "from \\(([^)]*)\\)", "1,-1"));
                String f = problem.replaceFirst(" from .*$", "");
                // The first point is the one after a step.
                follow(wanted, step(f, x, 1), at -> step(f, at, 1));
            }
            default -> descend(kind, json, wanted);
        }
    }

    private static void follow(double[][] wanted, Tensor from, UnaryOperator<Tensor> step) {
        Tensor x = from;
        for (int i = 0; i < wanted.length; i++) {
            Tolerance.F64.near("point " + i, wanted[i], x.toDoubles());
            x = i + 1 < wanted.length ? step.apply(x) : x;
        }
    }

    private static Tensor vector(String numbers) {
        return Tensor.of((Object) Json.doubles(Json.parse("[" + numbers + "]")), DType.F64);
    }

    /** What a pattern finds in the case's words. */
    private static String start(Map<String, Object> json, String pattern, String otherwise) {
        String words = json.get("problem") + " " + json.get("note");
        Matcher found = Pattern.compile(pattern).matcher(words);
        return found.find() ? found.group(1) : otherwise;
    }

    private static double setting(Map<String, Object> json, String name, double otherwise) {
        Matcher found = Pattern.compile("\\b" + name + "=(-?[\\d.]+(e-?\\d+)?)").matcher((String) json.get("id"));
        return found.find() ? Double.parseDouble(found.group(1)) : otherwise;
    }

    /** {@code x − eta · f′(x) / f″(x)}, of each element alone. */
    private static Tensor newton(String f, Tensor x, double eta) {
        Tensor first = Autograd.grad(at -> value(f, at).sum(), x);
        Tensor second =
                Autograd.grad(at -> Autograd.grad(b -> value(f, b).sum(), at).sum(), x);
        return x.sub(first.div(second).mul(eta));
    }

    /** {@code x − eta · H⁻¹ g}. */
    private static Tensor step(String f, Tensor x, double eta) {
        Tensor g = Autograd.grad(at -> value(f, at), x);
        Tensor h = Autograd.hessian(at -> value(f, at), x);
        return x.sub(Linalg.solve(h, g).mul(eta));
    }

    /** A formula as people write it, of x, or of its elements x0, x1 … or x1, x2 …. */
    private static Tensor value(String formula, Tensor x) {
        Map<String, Object> variables = new HashMap<>(Map.of("x", x, "pi", Math.PI));
        int first = formula.matches(".*\\bx0\\b.*") || formula.matches(".*\\dx0.*") ? 0 : 1;
        for (int i = 0; i < x.size(0); i++) {
            variables.put("x" + (first + i), x.select(0, i));
        }
        return (Tensor) PythonRun.value(python(formula), variables);
    }

    private static final Pattern TOKENS = Pattern.compile("\\d+\\.?\\d*|\\.\\d+|[A-Za-z]\\w*|\\S");

    /** The formula as Python: products that are not written, powers, functions. */
    static String python(String formula) {
        var text = new StringBuilder();
        boolean operand = false; // whether what came before can be multiplied
        Matcher tokens = TOKENS.matcher(formula);
        while (tokens.find()) {
            String token = tokens.group();
            boolean name = Character.isLetter(token.charAt(0));
            boolean function = name && TorchTable.FUNCTIONS.containsKey("torch." + token);
            boolean begins = name || Character.isDigit(token.charAt(0)) || token.equals("(");
            text.append(operand && begins ? "*" : "");
            text.append(function ? "torch." + token : token.equals("^") ? "**" : token);
            operand = !function && (name || Character.isDigit(token.charAt(0)) || token.equals(")"));
        }
        return text.toString();
    }

    private static void descend(String kind, Map<String, Object> json, double[][] wanted) {
        Matcher given = Pattern.compile(" f=(\\S+)").matcher((String) json.get("id"));
        String f = given.find() ? given.group(1) : USUAL;
        double eta = setting(json, "eta", 0.4);
        Tensor x = vector(start(json, "from \\(([^)]*)\\)", "-5,-2")).requiresGrad(true);
        Optimizer optimizer = switch (kind) {
            case "gd_2d" -> new SGD(List.of(x), eta);
            case "momentum_2d" -> new SGD(List.of(x), eta).momentum(setting(json, "beta", 0));
            // √(s + ε) is √s where s begins with ε.
            case "adagrad_2d" -> new Adagrad(List.of(x), eta).eps(0).initialAccumulatorValue(EPS);
            case "rmsprop_2d" -> null;
            default -> throw new Unsupported(kind);
        };
        Tensor[] s = {Tensor.zerosLike(x)};
        double gamma = setting(json, "gamma", 0.9);
        follow(wanted, x, at -> {
            at.grad(null);
            value(f, at).backward();
            if (optimizer != null) {
                optimizer.step();
                return at;
            }
            Tensor g = at.grad();
            s[0] = s[0].mul(gamma).add(g.mul(g).mul(1 - gamma));
            Autograd.noGrad(() -> at.subInPlace(g.mul(eta).div(s[0].add(EPS).sqrt())));
            return at;
        });
    }
}
