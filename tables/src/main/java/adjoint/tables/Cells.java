package adjoint.tables;

import java.util.OptionalDouble;
import java.util.Set;

/** What the text of a single cell means. */
final class Cells {
    private static final Set<String> MISSING =
            Set.of("", "?", "NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "#N/A");

    private Cells() {}

    static boolean isMissing(String text) {
        return MISSING.contains(text);
    }

    /**
     * A finite decimal number, as {@code -1.5e3}. Java's own parser alone would also take {@code 1d}, {@code 0x1p3} and
     * {@code Infinity}.
     */
    static OptionalDouble number(String text) {
        boolean digits = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (c != '.' && c != '-' && c != '+' && !(digits && (c == 'e' || c == 'E'))) {
                return OptionalDouble.empty();
            }
        }
        if (!digits) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
