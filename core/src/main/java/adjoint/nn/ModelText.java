package adjoint.nn;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models as PyTorch prints them: the name, and each child on a line of its own, indented. */
final class ModelText {
    private ModelText() {}

    static String of(Model model) {
        return speaksForItself(model) ? model.toString() : tree(name(model), model.children());
    }

    static String tree(String name, Map<String, ? extends Model> children) {
        Map<String, String> lines = new LinkedHashMap<>();
        children.forEach((key, child) -> lines.put(key, of(child)));
        return lines(name, lines);
    }

    private static String lines(String name, Map<String, String> children) {
        var text = new StringBuilder(name).append('(');
        children.forEach(
                (key, child) -> text.append("\n  (").append(key).append("): ").append(child.replace("\n", "\n  ")));
        return text.append(children.isEmpty() ? ")" : "\n)").toString();
    }

    /** Layers in a list, equal ones once with their number, and a last one or null. */
    static String stack(String name, List<? extends Model> layers, Model last) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = 0, end; i < layers.size(); i = end) {
            String text = of(layers.get(i));
            end = i + 1;
            while (end < layers.size() && of(layers.get(end)).equals(text)) {
                end++;
            }
            lines.put(end == i + 1 ? "" + i : i + "-" + (end - 1), end == i + 1 ? text : end - i + " x " + text);
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put("layers", lines("ModuleList", lines));
        if (last != null) {
            all.put("norm", of(last));
        }
        return lines(name, all);
    }

    /** A function's own text would be a generated class name, a record's a line of everything in it. */
    private static boolean speaksForItself(Model model) {
        Class<?> c = model.getClass();
        if (isFunction(c) || (c.isRecord() && c.getModule() != Model.class.getModule())) {
            return false;
        }
        try {
            return c.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e); // every object has one
        }
    }

    private static boolean isFunction(Class<?> c) {
        return c.isSynthetic() || c.isHidden();
    }

    static String name(Model model) {
        Class<?> c = model.getClass();
        return isFunction(c) ? "Function" : c.isAnonymousClass() ? "Layer" : c.getSimpleName();
    }

    /** A number as Python prints it: {@code 0.1}, {@code 1e-05}. */
    static String number(double x) {
        double size = Math.abs(x);
        if (x == 0 || !Double.isFinite(x) || (size >= 1e-3 && size < 1e7)) {
            return Double.toString(x).replace("Infinity", "inf").replace("NaN", "nan");
        }
        var exact = new BigDecimal(Double.toString(x)).stripTrailingZeros();
        if (size >= 1e-4 && size < 1e16) {
            String plain = exact.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        return (x < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** A truth value as Python prints it. */
    static String truth(boolean value) {
        return value ? "True" : "False";
    }
}
