package adjoint.conformance;

import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class PythonText {
    private PythonText() {}

    static String list(List<?> items, String open, String close) {
        return items.stream().map(PythonText::quoted).collect(Collectors.joining(", ", open, close));
    }

    /** As {@code repr} writes it: strings in quotes. */
    static String quoted(Object value) {
        return value instanceof String s ? "'" + s + "'" : Torch.text(value);
    }

    /** As {@code format} writes a number. */
    static String formatted(Object value, String spec) {
        double x = value instanceof Tensor t ? t.item() : ((Number) value).doubleValue();
        if (!spec.matches("(\\.\\d+)?f")) {
            throw new Unsupported("format " + spec);
        }
        return String.format(Locale.ROOT, "%" + spec, x);
    }

    /** The shortest decimal that is this number, with a point. */
    static String number(double x) {
        if (!Double.isFinite(x)) {
            return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(x);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            throw new Unsupported("text of " + x);
        }
        String plain = new java.math.BigDecimal(Double.toString(x)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
