package adjoint.conformance;

import adjoint.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's three ways of putting values into texts: {@code format} and f-strings, {@code str.format}, and {@code %}. */
final class PythonFormat {
    private static final Pattern SPEC = Pattern.compile(
            "(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?", Pattern.DOTALL);
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\((\\w+)\\))?([-+ 0#]*)(\\d*)(?:\\.(\\d+))?([sdifeEgGrxX%])");
    private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{([^{}:!]*)(?:!(.))?(?::([^{}]*))?}");

    private PythonFormat() {}

    /** A value written as a format such as {@code >10.4f} says. */
    static String format(Object value, String spec) {
        if (spec.isEmpty()) {
            return Torch.text(value);
        }
        Object plain = value instanceof Tensor t && t.shape().rank() == 0 ? PythonBuiltins.item(t) : value;
        Matcher m = SPEC.matcher(spec);
        if (!m.matches()) {
            throw new Unsupported("format " + spec);
        }
        boolean number = plain instanceof Number || plain instanceof Boolean;
        String text = number ? number(plain, m) : cut(Torch.text(plain), m.group(8));
        int width = m.group(6) == null ? 0 : Integer.parseInt(m.group(6));
        boolean zeros = m.group(5) != null;
        String fill = m.group(1) != null ? m.group(1) : zeros ? "0" : " ";
        String side = m.group(2) != null ? m.group(2) : zeros ? "=" : number ? ">" : "<";
        return padded(text, width, fill, side);
    }

    private static String cut(String text, String length) {
        return length == null ? text : text.substring(0, Math.min(text.length(), Integer.parseInt(length)));
    }

    private static String padded(String text, int width, String fill, String side) {
        int missing = Math.max(0, width - text.length());
        return switch (side) {
            case "<" -> text + fill.repeat(missing);
            case "^" -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
            case "=" -> {
                int sign = text.matches("[-+ ].*") ? 1 : 0;
                yield text.substring(0, sign) + fill.repeat(missing) + text.substring(sign);
            }
            default -> fill.repeat(missing) + text;
        };
    }

    private static String number(Object value, Matcher m) {
        boolean whole = !(value instanceof Double);
        String kind = m.group(9) == null ? (whole ? "d" : m.group(8) == null ? "" : "g") : m.group(9);
        int digits = m.group(8) == null ? 6 : Integer.parseInt(m.group(8));
        double x = value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
        String text = switch (kind) {
            case "d" -> whole ? String.valueOf(PythonNumbers.index(value)) : Torch.text(value);
            case "x" -> Long.toHexString((Long) value);
            case "b" -> Long.toBinaryString((Long) value);
            case "" -> Torch.text(value);
            default -> real(x, kind, digits);
        };
        if (m.group(7) != null) {
            text = grouped(text, m.group(7));
        }
        boolean signed =
                text.startsWith("-") || m.group(3) == null || m.group(3).equals("-");
        return signed ? text : m.group(3) + text;
    }

    private static String grouped(String text, String mark) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        return whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", mark) + (point < 0 ? "" : text.substring(point));
    }

    private static String real(double x, String kind, int digits) {
        if (!Double.isFinite(x)) {
            return PythonText.number(x);
        }
        String sign = x < 0 || (x == 0 && 1 / x < 0) ? "-" : "";
        BigDecimal exact = new BigDecimal(Math.abs(x));
        return switch (kind) {
            case "f", "F" ->
                sign + exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
            case "%" ->
                sign
                        + new BigDecimal(Math.abs(x) * 100)
                                .setScale(digits, RoundingMode.HALF_EVEN)
                                .toPlainString()
                        + "%";
            case "e", "E" -> sign + scientific(exact, digits, kind);
            case "g", "G" -> sign + general(exact, Math.max(1, digits), kind);
            default -> throw new Unsupported("format " + kind);
        };
    }

    private static String scientific(BigDecimal x, int digits, String letter) {
        BigDecimal rounded = x.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = x.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
        return mantissa + letter + String.format(Locale.ROOT, "%+03d", exponent);
    }

    private static String general(BigDecimal x, int digits, String kind) {
        BigDecimal rounded = x.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = x.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            String text = scientific(x, digits - 1, kind.equals("g") ? "e" : "E");
            return text.replaceFirst("\\.?0*(?=[eE])", "");
        }
        return x.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** {@code text % values}. */
    static String percent(String text, List<Object> values) {
        var result = new StringBuilder();
        Matcher m = PERCENT.matcher(text);
        int at = 0;
        int next = 0;
        while (m.find()) {
            result.append(text, at, m.start());
            at = m.end();
            if (m.group(5).equals("%")) {
                result.append('%');
                continue;
            }
            Object value = m.group(1) == null
                    ? PythonValues.at(values, next++)
                    : PythonValues.item(values.getFirst(), m.group(1));
            result.append(percent(value, m));
        }
        return result.append(text.substring(at)).toString();
    }

    private static String percent(Object value, Matcher m) {
        String flags = m.group(2);
        String kind = m.group(5);
        boolean text = kind.equals("s") || kind.equals("r");
        Object shown = kind.equals("r")
                ? PythonText.quoted(value)
                : kind.equals("s")
                        ? Torch.text(value)
                        : "di".contains(kind) && value instanceof Double d ? (Object) (long) (double) d : value;
        String spec = (flags.contains("-") ? "<" : ">")
                + (flags.contains("+") ? "+" : "")
                + (flags.contains("0") && !flags.contains("-") ? "0" : "")
                + m.group(3)
                + (m.group(4) == null ? "" : "." + m.group(4))
                + (text ? "" : kind.replace('i', 'd'));
        return format(shown, flags.contains("0") && !text ? spec.substring(1) : spec);
    }

    /** {@code text.format(…)}. */
    static String filled(String text, List<Object> positional, Map<String, Object> named) {
        var result = new StringBuilder();
        Matcher m = FIELD.matcher(text);
        int at = 0;
        int next = 0;
        while (m.find()) {
            result.append(text, at, m.start());
            at = m.end();
            if (m.group().equals("{{") || m.group().equals("}}")) {
                result.append(m.group().charAt(0));
                continue;
            }
            String[] names = m.group(1).split("\\.", -1);
            Object value;
            if (names[0].isEmpty()) {
                value = PythonValues.at(positional, next++);
            } else if (names[0].matches("\\d+")) {
                value = PythonValues.at(positional, Long.parseLong(names[0]));
            } else {
                value = PythonValues.item(named, names[0]);
            }
            for (String attribute : Arrays.asList(names).subList(1, names.length)) {
                value = PythonValues.attribute(value, attribute);
            }
            Object shown = "r".equals(m.group(2)) ? PythonText.quoted(value) : value;
            result.append(format(shown, m.group(3) == null ? "" : m.group(3)));
        }
        return result.append(text.substring(at)).toString();
    }
}
