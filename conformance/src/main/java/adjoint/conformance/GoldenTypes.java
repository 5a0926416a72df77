package adjoint.conformance;

import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reference tables of result types: of an operation on two operands of each kind and type, and on one tensor. */
final class GoldenTypes {
    private static final Map<String, String> CODE = Map.ofEntries(
            Map.entry("add", "a + b"),
            Map.entry("mul", "a * b"),
            Map.entry("sub", "a - b"),
            Map.entry("truediv", "a / b"),
            Map.entry("floordiv", "a // b"),
            Map.entry("mod", "a % b"),
            Map.entry("pow", "a ** b"),
            Map.entry("eq", "a == b"),
            Map.entry("lt", "a < b"),
            Map.entry("where", "torch.where(a == a, a, b)"),
            Map.entry("cat", "torch.cat([a, b])"),
            Map.entry("matmul", "a @ b"),
            Map.entry("iadd", "a.add_(b)"),
            Map.entry("neg", "-a"),
            Map.entry("pow2", "a ** 2"),
            Map.entry("pow_half", "a ** 0.5"),
            Map.entry("clamp", "torch.clamp(a, 0, 1)"),
            Map.entry("clamp_float", "torch.clamp(a, 0.5, 1.5)"),
            Map.entry("softmax", "torch.softmax(a, 0)"),
            Map.entry("arange_like", "torch.arange(3, dtype=torch.result_type(a, 1.0))"),
            Map.entry("cumsum", "torch.cumsum(a, 0)"),
            Map.entry("cumprod", "torch.cumprod(a, 0)"),
            Map.entry("dot", "torch.dot(a, a)"),
            Map.entry("bitwise_not", "~a"),
            Map.entry("requires_grad", "a.requires_grad_()"));

    private GoldenTypes() {}

    /** Checks a table, or raises Unsupported if none of it can be. */
    static void check(Map<String, Object> json) {
        String op = ((String) json.get("op")).replaceFirst(".*\\.", "");
        List<String> wrong = new ArrayList<>();
        Unsupported nothing = null;
        int checked = 0;
        for (var row : object(json.get("table")).entrySet()) {
            Map<String, Object> cells = json.containsKey("right") ? object(row.getValue()) : Map.of("", row.getValue());
            for (var cell : cells.entrySet()) {
                try {
                    Map<String, Object> operands = new HashMap<>();
                    operands.put("a", operand(json.getOrDefault("left", "tensor"), row.getKey()));
                    if (json.containsKey("right")) {
                        operands.put("b", operand(json.get("right"), cell.getKey()));
                    }
                    String call = operands.size() == 1 ? "torch." + op + "(a)" : "torch." + op + "(a, b)";
                    String found = type(CODE.getOrDefault(op, call), operands);
                    if (!found.equals(cell.getValue() instanceof String type ? type : "error")) {
                        wrong.add(row.getKey() + " " + cell.getKey() + ": " + found + ", not " + cell.getValue());
                    }
                    checked++;
                } catch (Unsupported e) {
                    nothing = e;
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new GoldenCase.Disagreement(String.join("; ", wrong));
        }
        if (checked == 0) {
            throw nothing;
        }
    }

    private static String type(String code, Map<String, Object> operands) {
        try {
            Object result = PythonRun.flat(PythonRun.value(code, operands)).getFirst();
            return result instanceof PythonRun.Path(String path)
                    ? path.substring(path.indexOf('.') + 1)
                    : ((Tensor) result).dtype().toString();
        } catch (AdjointException _) {
            return "error";
        }
    }

    private static Object operand(Object kind, String type) {
        if (kind.equals("python scalar")) {
            return switch (type) {
                case "bool" -> true;
                case "int" -> 1L;
                case "float" -> 1.0;
                default -> throw new Unsupported("a number of type " + type);
            };
        }
        DType dtype = Arguments.dtype(type);
        return kind.equals("0d") ? Tensor.ones(dtype) : Tensor.ones(dtype, 2);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
