package adjoint.plot;

/**
 * What an axis shows, and its map to [0, 1]. Everything behind this map works on the unit square, so that ranges of
 * 1e-320 or 1e308 and logarithmic axes need no care elsewhere.
 *
 * @param low the value at 0; may exceed {@code high} where the user asked for a reversed axis
 * @param high the value at 1
 * @param log whether the axis is logarithmic; both ends are then positive
 */
record Scale(double low, double high, boolean log) {
    /** The part of the range that is left free on either side of the data. */
    static final double PADDING = 0.05;

    /** Beyond this many times the axis' length a point is moved in: a line towards it looks the same. */
    private static final double FAR = 1000;

    /** The scale that shows [min, max] with some room; min &gt; max says that there is nothing to show. */
    static Scale fit(double min, double max, boolean log) {
        return log ? fitLog(min, max) : fitLinear(min, max, true);
    }

    /** The scale for bars, which stand on 0 without room below. */
    static Scale fitBars(double min, double max) {
        return fitLinear(Math.min(0, min), Math.max(0, max), min < 0);
    }

    private static Scale fitLinear(double min, double max, boolean padBelow) {
        if (!(min <= max)) {
            return new Scale(0, 1, false);
        }
        // Closer than this, neighbouring ticks could not be told apart in a double.
        double least = 1e-13 * Math.max(Math.abs(min), Math.abs(max));
        if (max - min <= least) {
            double room = max == 0 && min == 0 ? 1 : Math.max(Math.abs(max), Double.MIN_NORMAL);
            min = finite(min - PADDING * room);
            max = finite(max + PADDING * room);
        }
        double pad = PADDING * max - PADDING * min;
        return new Scale(padBelow ? finite(min - pad) : min, finite(max + pad), false);
    }

    private static Scale fitLog(double min, double max) {
        if (!(min <= max)) {
            return new Scale(1, 10, true);
        }
        double from = Math.log10(min);
        double to = Math.log10(max);
        double pad = to - from < 1e-12 ? 0.5 : PADDING * (to - from);
        return new Scale(Math.max(Double.MIN_VALUE, Math.pow(10, from - pad)), finite(Math.pow(10, to + pad)), true);
    }

    private static double finite(double v) {
        return Math.clamp(v, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /** Where {@code v} lies: 0 at the low end, 1 at the high one; NaN for what cannot be drawn. */
    double unit(double v) {
        if (!drawable(v)) {
            return Double.NaN;
        }
        double u;
        if (log) {
            double from = Math.log10(low);
            u = (Math.log10(v) - from) / (Math.log10(high) - from);
        } else if (Double.isInfinite(high - low)) {
            u = (v / 4 - low / 4) / (high / 4 - low / 4);
        } else {
            u = (v - low) / (high - low);
        }
        return Math.clamp(u, -FAR, FAR);
    }

    private boolean drawable(double v) {
        return drawable(v, log);
    }

    /** Whether an axis of that kind has a place for {@code v}: finite, and positive on a logarithmic one. */
    static boolean drawable(double v, boolean log) {
        return Double.isFinite(v) && (!log || v > 0);
    }

    double smaller() {
        return Math.min(low, high);
    }

    double larger() {
        return Math.max(low, high);
    }
}
