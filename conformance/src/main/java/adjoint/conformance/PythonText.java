package adjoint.conformance;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class PythonText {
    private PythonText() {}

    static String list(List<?> items, String open, String close) {
        return items.stream().map(PythonText::quoted).collect(Collectors.joining(", ", open, close));
    }

    /** As {@code repr} writes it: strings in quotes. */
    static String quoted(Object value) {
        if (value instanceof PythonClass.Instance && PythonClass.special(value, "__repr__") instanceof String own) {
            return own;
        }
        if (value instanceof Torch.Device(String type)) {
            return "device(type='" + type + "')";
        }
        if (!(value instanceof String s)) {
            return Torch.text(value);
        }
        String inside = s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        return s.contains("'") && !s.contains("\"") ? '"' + inside + '"' : "'" + inside.replace("'", "\\'") + "'";
    }

    /** The shortest decimal that is this number, with a point or an exponent. */
    static String number(double x) {
        if (!Double.isFinite(x)) {
            return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(x);
        BigDecimal shortest = new BigDecimal(Double.toString(size)).stripTrailingZeros();
        String sign = x < 0 || (x == 0 && 1 / x < 0) ? "-" : "";
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            int exponent = shortest.precision() - shortest.scale() - 1;
            String mantissa = shortest.movePointLeft(exponent).toPlainString();
            return sign
                    + mantissa
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain = shortest.toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }
}
