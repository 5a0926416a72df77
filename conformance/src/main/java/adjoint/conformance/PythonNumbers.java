package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Operators on Python's own values: numbers, texts, lists and their kin. */
final class PythonNumbers {
    private PythonNumbers() {}

    static Object operation(String operator, Object left, Object right) {
        return switch (operator) {
            case "is" -> left == right || (isPlain(left) && Objects.equals(identity(left), identity(right)));
            case "is not" -> !(Boolean) operation("is", left, right);
            case "in" -> PythonValues.contains(right, left);
            case "not in" -> !PythonValues.contains(right, left);
            case "==" -> same(left, right);
            case "!=" -> !same(left, right);
            case "<", ">", "<=", ">=" -> compared(operator, left, right);
            default -> arithmetic(operator, left, right);
        };
    }

    private static boolean isPlain(Object value) {
        return value instanceof Long
                || value instanceof Boolean
                || value instanceof String
                || value instanceof PythonRun.Path;
    }

    private static Object identity(Object value) {
        return value instanceof PythonRun.Path path ? Torch.path(path) : value;
    }

    /** Whether two values are equal as Python has it: 1, 1.0 and True are. */
    static boolean same(Object left, Object right) {
        Object a = plain(left);
        Object b = plain(right);
        if (a instanceof Number x && b instanceof Number y && a.getClass() != b.getClass()) {
            return x.doubleValue() == y.doubleValue();
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue();
        }
        boolean lists = a instanceof List<?> && b instanceof List<?>;
        boolean tuples = isTuple(a) && isTuple(b);
        if (lists || tuples) {
            List<Object> x = Torch.items(a);
            List<Object> y = Torch.items(b);
            boolean same = x.size() == y.size();
            for (int i = 0; same && i < x.size(); i++) {
                same = Torch.truth(Torch.operation("==", x.get(i), y.get(i)));
            }
            return same;
        }
        return Objects.equals(a, b);
    }

    private static boolean isTuple(Object value) {
        return value instanceof Tuple || value instanceof Torch.Size;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Boolean truth -> truth ? 1L : 0L;
            case PythonRun.Path path -> Torch.path(path);
            case null, default -> value;
        };
    }

    private static boolean compared(String operator, Object left, Object right) {
        if (left instanceof Set<?> a && right instanceof Set<?> b) {
            return switch (operator) {
                case "<=" -> b.containsAll(a);
                case ">=" -> a.containsAll(b);
                case "<" -> b.containsAll(a) && !a.containsAll(b);
                default -> a.containsAll(b) && !b.containsAll(a);
            };
        }
        if (isNaN(left) || isNaN(right)) {
            return false;
        }
        int order = order(left, right);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double d && d.isNaN();
    }

    /** Less than 0 if the first is the smaller, for sorting. */
    static int order(Object left, Object right) {
        Object a = plain(left);
        Object b = plain(right);
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Number x && b instanceof Number y) {
            double difference = x.doubleValue() - y.doubleValue();
            return x.doubleValue() == y.doubleValue() ? 0 : difference < 0 ? -1 : 1;
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if ((a instanceof List<?> && b instanceof List<?>) || (isTuple(a) && isTuple(b))) {
            List<Object> x = Torch.items(a);
            List<Object> y = Torch.items(b);
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                if (!same(x.get(i), y.get(i))) {
                    return order(x.get(i), y.get(i));
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        if (a instanceof Tensor || b instanceof Tensor || a instanceof PythonClass.Instance) {
            return Torch.truth(Torch.operation("<", a, b)) ? -1 : Torch.truth(Torch.operation("==", a, b)) ? 0 : 1;
        }
        throw new PythonError(
                "TypeError", "order of " + PythonValues.className(a) + " and " + PythonValues.className(b));
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        Object a = plain(left);
        Object b = plain(right);
        if (a instanceof Long x && b instanceof Long y) {
            Object result = whole(operator, x, y);
            boolean truths = left instanceof Boolean && right instanceof Boolean && "&|^".contains(operator);
            return truths ? (Object) (!result.equals(0L)) : result;
        }
        if (a instanceof Number x && b instanceof Number y) {
            return real(operator, x.doubleValue(), y.doubleValue());
        }
        if (a instanceof String format && operator.equals("%")) {
            return PythonFormat.percent(format, b instanceof Tuple tuple ? tuple.items() : List.of(b));
        }
        if (operator.equals("+")) {
            return joined(a, b);
        }
        if (operator.equals("*") && (a instanceof Long || b instanceof Long)) {
            return a instanceof Long times ? repeated(b, times) : repeated(a, (Long) b);
        }
        if (a instanceof Set<?> x && b instanceof Set<?> y) {
            return sets(operator, x, y);
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y && operator.equals("|")) {
            Map<Object, Object> both = new java.util.LinkedHashMap<>(x);
            both.putAll(y);
            return both;
        }
        throw new PythonError(
                "TypeError", operator + " of " + PythonValues.className(a) + " and " + PythonValues.className(b));
    }

    private static Object joined(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return x + y;
        }
        boolean tuples = isTuple(a) && isTuple(b);
        if (!tuples && !(a instanceof List<?> && b instanceof List<?>)) {
            throw new PythonError(
                    "TypeError", "+ of " + PythonValues.className(a) + " and " + PythonValues.className(b));
        }
        List<Object> both = new ArrayList<>(Torch.items(a));
        both.addAll(Torch.items(b));
        return a instanceof Torch.Size ? new Torch.Size(both) : tuples ? new Tuple(both) : both;
    }

    private static Object repeated(Object value, long times) {
        if (value instanceof String text) {
            return text.repeat((int) Math.max(0, times));
        }
        List<Object> all = new ArrayList<>();
        for (long i = 0; i < times; i++) {
            all.addAll(Torch.items(value));
        }
        return isTuple(value) ? new Tuple(all) : all;
    }

    private static Object sets(String operator, Set<?> x, Set<?> y) {
        Set<Object> result = new LinkedHashSet<>(x);
        switch (operator) {
            case "|" -> result.addAll(y);
            case "&" -> result.retainAll(y);
            case "-" -> result.removeAll(y);
            case "^" -> {
                result.addAll(y);
                x.stream().filter(y::contains).forEach(result::remove);
            }
            default -> throw new Unsupported("operator " + operator + " on sets");
        }
        return result;
    }

    private static Object whole(String operator, long x, long y) {
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && y == 0) {
            throw new PythonError("ZeroDivisionError", x + " " + operator + " 0");
        }
        return switch (operator) {
            case "+" -> Math.addExact(x, y);
            case "-" -> Math.subtractExact(x, y);
            case "*" -> Math.multiplyExact(x, y);
            case "/" -> (double) x / y;
            case "//" -> Math.floorDiv(x, y);
            case "%" -> Math.floorMod(x, y);
            case "**" -> y < 0 ? (Object) Math.pow(x, y) : power(x, y);
            case "&" -> x & y;
            case "|" -> x | y;
            case "^" -> x ^ y;
            case "<<" -> exact(BigInteger.valueOf(x).shiftLeft(Math.toIntExact(y)));
            case ">>" -> x >> y;
            default -> throw new Unsupported("operator " + operator + " on numbers");
        };
    }

    private static long power(long x, long y) {
        return exact(BigInteger.valueOf(x).pow(Math.toIntExact(y)));
    }

    private static long exact(BigInteger value) {
        if (value.bitLength() > 63) {
            throw new Unsupported("whole numbers of more than 64 bits");
        }
        return value.longValueExact();
    }

    private static Object real(String operator, double x, double y) {
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && y == 0) {
            throw new PythonError("ZeroDivisionError", x + " " + operator + " 0");
        }
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            case "%" -> remainder(x, y);
            case "**" -> Math.pow(x, y);
            default -> throw new Unsupported("operator " + operator + " on numbers");
        };
    }

    /** With the sign of the divisor. */
    private static double remainder(double x, double y) {
        double r = x % y;
        return r != 0 && (r < 0) != (y < 0) ? r + y : r;
    }

    /** A whole number as Python takes it where it needs one: from a tensor, if it holds just one whole number. */
    static long index(Object value) {
        return switch (value) {
            case Long n -> n;
            case Boolean truth -> truth ? 1 : 0;
            case Tensor t when !t.dtype().isFloating() -> t.itemLong();
            case Tensor _ -> throw new Unwritable("a tensor of fractions as a whole number");
            case null, default ->
                throw new PythonError("TypeError", PythonValues.className(value) + " where a whole number is due");
        };
    }
}
