package adjoint.app;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and columns for the terminal. */
final class Report {
    private Report() {}

    /** Rounded to this many significant digits. */
    static double rounded(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(digits)).doubleValue()
                : value;
    }

    /** Six significant digits, as a person would write them: {@code 0.0114}, {@code 2859.7}, {@code 1e-12}. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : Double.toString(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-5 || size >= 1e10)) {
            return String.format(Locale.ROOT, "%.5e", value).replaceFirst("\\.?0*e", "e");
        }
        String text = new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
        return text;
    }

    /** Four decimals, or a dash for what is not defined. */
    static String decimals(double value) {
        return Double.isNaN(value)
                ? "–"
                : Math.abs(value) < 1e7 ? String.format(Locale.ROOT, "%.4f", value) : plain(value);
    }

    /** Rows of cells in columns: the first to the left, the others to the right. */
    static String columns(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String pad = " ".repeat(widths[i] - width(row.get(i)));
                text.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** How many cells of a terminal a text takes: two for each Chinese, Japanese or Korean character. */
    static int width(String text) {
        return text.codePoints().map(Report::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = c >= 0x1100
                && (c <= 0x115F
                        || c >= 0x2E80 && c <= 0xA4CF
                        || c >= 0xAC00 && c <= 0xD7A3
                        || c >= 0xF900 && c <= 0xFAFF
                        || c >= 0xFE30 && c <= 0xFE6F
                        || c >= 0xFF00 && c <= 0xFF60
                        || c >= 0xFFE0 && c <= 0xFFE6
                        || c >= 0x1F300 && c <= 0x1FAFF
                        || c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
