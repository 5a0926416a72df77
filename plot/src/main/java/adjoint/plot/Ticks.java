package adjoint.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an axis has its marks and what is written there. The places are round numbers, chosen as matplotlib does it:
 * multiples of 1, 2, 2.5 or 5 times a power of ten, or the powers of ten themselves on a logarithmic axis.
 *
 * @param major the values of the labelled marks
 * @param labels their texts
 * @param minor the values of the small marks between them
 * @param common what all labels share and is written once at the axis' end, such as ×10⁶; mostly empty
 */
record Ticks(double[] major, String[] labels, double[] minor, String common) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double[] NONE = {};

    /** Outside of these decimal orders labels are written with a common power of ten. */
    private static final int SMALLEST_PLAIN_ORDER = -5;

    private static final int LARGEST_PLAIN_ORDER = 6;

    /** This many leading digits must be common to all labels before they are split off. */
    private static final int COMMON_DIGITS = 4;

    /** Ticks for the scale, at most about {@code most} intervals between labelled ones. */
    static Ticks of(Scale scale, int most) {
        return scale.log() ? log(scale, most) : linear(scale, most);
    }

    private static Ticks linear(Scale scale, int most) {
        double low = scale.smaller();
        double high = scale.larger();
        double[] major = multiples(low, high, Math.max(1, most));
        double step = major.length > 1 ? major[1] - major[0] : 0;
        return labelled(major, step);
    }

    /** The multiples of a round step in [low, high]: no more than {@code most} intervals, and no fewer than fit. */
    private static double[] multiples(double low, double high, int most) {
        double raw = high / most - low / most;
        int order = (int) Math.floor(Math.log10(raw));
        for (int o = order; o <= order + 1; o++) {
            for (double s : STEPS) {
                double step = power(s, o);
                if (step >= raw * (1 - 1e-9) && step <= Double.MAX_VALUE) {
                    return multiplesOf(s, o, low, high);
                }
            }
        }
        // Only where the range is so small that numbers have lost their digits.
        return new double[] {low, high};
    }

    private static double[] multiplesOf(double s, int order, double low, double high) {
        double step = power(s, order);
        // A limit that is itself a multiple may come out a few bits beside it.
        double slack = Math.max(1e-9, 4 * Math.ulp(Math.max(Math.abs(low), Math.abs(high)) / step));
        long first = (long) Math.ceil(low / step - slack);
        long last = (long) Math.floor(high / step + slack);
        if (last - first > 100 || last < first) {
            return new double[] {low, high};
        }
        var ticks = new double[(int) (last - first) + 1];
        for (int i = 0; i < ticks.length; i++) {
            // Not i·step, whose rounding would show: 3·0.1 = 0.30000000000000004.
            ticks[i] = power(s * (first + i), order);
            boolean inside = ticks[i] >= low - slack * step && ticks[i] <= high + slack * step;
            if (!inside) {
                return new double[] {low, high};
            }
        }
        return ticks;
    }

    /** m·10^order, rounded once where the power is exact. */
    private static double power(double m, int order) {
        if (order >= 0) {
            return m * Math.pow(10, order);
        }
        return order < -300 ? m * 1e-300 * Math.pow(10, order + 300) : m / Math.pow(10, -order);
    }

    /** Labels with as many decimals as the step needs; a large common part is written once at the axis' end. */
    private static Ticks labelled(double[] major, double step) {
        double largest = 0;
        for (double v : major) {
            largest = Math.max(largest, Math.abs(v));
        }
        double offset = commonPart(major);
        if (offset != 0) {
            largest = 0;
            for (double v : major) {
                largest = Math.max(largest, Math.abs(v - offset));
            }
        }
        int order = largest == 0 ? 0 : orderOf(largest);
        int exponent = order <= SMALLEST_PLAIN_ORDER || order >= LARGEST_PLAIN_ORDER ? order : 0;
        int decimals = decimals(step, exponent, major.length);
        var labels = new String[major.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = plain(scaled(major[i] - offset, exponent), decimals);
        }
        String common = exponent == 0 ? "" : "×10" + superscript(exponent);
        if (offset != 0) {
            common += (offset > 0 ? " +" : " ") + number(offset);
        }
        return new Ticks(major, labels, NONE, common.strip());
    }

    private static int orderOf(double v) {
        return (int) Math.floor(Math.log10(v) + 1e-12);
    }

    /** v / 10^exponent without overflow on the way. */
    private static double scaled(double v, int exponent) {
        return exponent < -300 ? v * 1e300 * Math.pow(10, -exponent - 300) : v / Math.pow(10, exponent);
    }

    private static int decimals(double step, int exponent, int count) {
        if (count < 2 || step == 0) {
            return 2;
        }
        double s = scaled(step, exponent);
        for (int d = 0; d < 12; d++) {
            double shifted = s * Math.pow(10, d);
            if (Math.abs(shifted - Math.rint(shifted)) < 1e-3 * shifted) {
                return d;
            }
        }
        return 3;
    }

    /** What to subtract so that labels get short: 0 unless four or more leading digits are the same everywhere. */
    private static double commonPart(double[] major) {
        if (major.length < 2) {
            return 0;
        }
        double first = major[0];
        double last = major[major.length - 1];
        if (first == 0 || last == 0 || (first < 0) != (last < 0)) {
            return 0;
        }
        double small = Math.min(Math.abs(first), Math.abs(last));
        double large = Math.max(Math.abs(first), Math.abs(last));
        int order = (int) Math.ceil(Math.log10(large));
        int tried = 0;
        while (tried < 20 && Math.floor(scaled(small, order)) == Math.floor(scaled(large, order))) {
            order--;
            tried++;
        }
        order++;
        // 0.99 to 1.01 has no digit in common, yet 1 is what to subtract.
        if (scaled(large - small, order) <= 1e-2) {
            order = (int) Math.ceil(Math.log10(large));
            while (Math.floor(scaled(large, order)) - Math.floor(scaled(small, order)) <= 1) {
                order--;
            }
            order++;
        }
        double digits = Math.floor(scaled(large, order));
        return digits >= Math.pow(10, COMMON_DIGITS - 1) ? Math.copySign(power(digits, order), first) : 0;
    }

    private static Ticks log(Scale scale, int most) {
        double low = scale.smaller();
        double high = scale.larger();
        int first = (int) Math.ceil(Math.log10(low) - 1e-9);
        int last = (int) Math.floor(Math.log10(high) + 1e-9);
        if (last - first < 1) {
            return withinDecade(low, high, most);
        }
        int stride = Math.max(1, (int) Math.ceil((last - first + 1.0) / (most + 1)));
        List<Double> major = new ArrayList<>();
        List<Double> minor = new ArrayList<>();
        for (int k = first - 1; k <= last; k++) {
            if (Math.floorMod(k, stride) == 0 && k >= first) {
                major.add(Math.pow(10, k));
            } else if (k >= first) {
                minor.add(Math.pow(10, k));
            }
            for (int m = 2; stride == 1 && m <= 9; m++) {
                double v = power(m, k);
                if (v >= low && v <= high) {
                    minor.add(v);
                }
            }
        }
        double[] values = array(major);
        var labels = new String[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = "10" + superscript((int) Math.round(Math.log10(values[i])));
        }
        return new Ticks(values, labels, array(minor), "");
    }

    /** With at most one power of ten in sight, its multiples are labelled too, or simply round numbers. */
    private static Ticks withinDecade(double low, double high, int most) {
        if (high / low < 4) {
            double[] major = multiples(low, high, Math.max(1, Math.min(most, 6)));
            if (major.length > 1 && major[0] > 0) {
                return labelled(major, major[1] - major[0]);
            }
        }
        List<Double> major = new ArrayList<>();
        List<Double> minor = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int k = (int) Math.floor(Math.log10(low)); k <= Math.ceil(Math.log10(high)); k++) {
            for (int m = 1; m <= 9; m++) {
                double v = power(m, k);
                if (v < low * (1 - 1e-9) || v > high * (1 + 1e-9)) {
                    continue;
                }
                if (m == 1 || m == 2 || m == 3 || m == 4 || m == 6) {
                    major.add(v);
                    labels.add(m == 1 ? "10" + superscript(k) : m + "×10" + superscript(k));
                } else {
                    minor.add(v);
                }
            }
        }
        return new Ticks(array(major), labels.toArray(String[]::new), array(minor), "");
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A number alone: 1500, 0.25, 1.5×10⁻⁷. */
    static String number(double v) {
        if (v == 0) {
            return "0";
        }
        int order = orderOf(Math.abs(v));
        if (order > SMALLEST_PLAIN_ORDER && order < LARGEST_PLAIN_ORDER + 4) {
            return minus(new BigDecimal(v)
                    .round(new MathContext(10))
                    .stripTrailingZeros()
                    .toPlainString());
        }
        String digits = new BigDecimal(scaled(v, order))
                .round(new MathContext(8))
                .stripTrailingZeros()
                .toPlainString();
        return minus(digits) + "×10" + superscript(order);
    }

    private static String plain(double v, int decimals) {
        String text =
                new BigDecimal(v).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        // A tick that rounding left a hair below 0 is 0.
        boolean zero = text.chars().allMatch(c -> c == '0' || c == '.' || c == '-');
        return zero ? text.replace("-", "") : minus(text);
    }

    private static String minus(String text) {
        return text.replace('-', '\u2212');
    }

    static String superscript(int n) {
        var text = new StringBuilder();
        for (char c : Integer.toString(n).toCharArray()) {
            text.append(c == '-' ? '\u207b' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return text.toString();
    }
}
