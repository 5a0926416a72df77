package adjoint.plot;

import java.util.Arrays;
import org.jfree.data.xy.AbstractIntervalXYDataset;

/**
 * One series on the unit square, as the chart library wants it: NaN where there is nothing to draw, and lines with many
 * more points than pixels thinned out.
 */
final class UnitData extends AbstractIntervalXYDataset {
    private static final long serialVersionUID = 1L;

    /** Lines with fewer points than this for each column of pixels are drawn as they are. */
    private static final int DENSE = 8;

    final transient Series series;
    final transient double[] x;
    final transient double[] y;

    private UnitData(Series series, double[] x, double[] y) {
        this.series = series;
        this.x = x;
        this.y = y;
    }

    /** Maps the series' numbers through the scales; {@code columns} is the chart's width in pixels. */
    static UnitData of(Series s, Scale xScale, Scale yScale, int columns) {
        return switch (s.kind) {
            case ACROSS -> new UnitData(s, new double[] {0, 1}, twice(yScale.unit(s.y[0])));
            case UPRIGHT -> new UnitData(s, twice(xScale.unit(s.x[0])), new double[] {0, 1});
            case BARS -> new UnitData(s, units(s.x, xScale), barHeights(s.y, yScale));
            case SCATTER, ARROWS, FILL, TEXT -> new UnitData(s, units(s.x, xScale), units(s.y, yScale));
            case LINE -> {
                double[] x = units(s.x, xScale);
                double[] y = units(s.y, yScale);
                boolean thin = s.markerSize == 0 && x.length > DENSE * columns && ascending(x);
                yield thin ? thinned(s, x, y, columns) : new UnitData(s, x, y);
            }
        };
    }

    private static double[] twice(double v) {
        return new double[] {v, v};
    }

    private static double[] units(double[] values, Scale scale) {
        var units = new double[values.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = scale.unit(values[i]);
        }
        return units;
    }

    /** An empty bar has no top on a logarithmic axis; it is drawn as nothing rather than as a gap. */
    private static double[] barHeights(double[] counts, Scale scale) {
        double[] units = units(counts, scale);
        for (int i = 0; i < units.length; i++) {
            units[i] = Double.isNaN(units[i]) ? base(scale) : units[i];
        }
        return units;
    }

    private static double base(Scale scale) {
        return scale.log() ? 0 : scale.unit(0);
    }

    private static boolean ascending(double[] x) {
        for (int i = 1; i < x.length; i++) {
            if (!(x[i - 1] <= x[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Keeps of each column of pixels the first, lowest, highest and last point, which gives the same picture: a line
     * inside of one column is a stroke from its lowest to its highest point.
     */
    private static UnitData thinned(Series s, double[] x, double[] y, int columns) {
        var keep = new int[4 * columns + 8 + x.length / 64];
        int n = 0;
        for (int start = 0; start < x.length; ) {
            double column = Math.floor(x[start] * columns);
            int lowest = start;
            int highest = start;
            int end = start;
            boolean gap = false;
            while (end < x.length && Math.floor(x[end] * columns) == column) {
                lowest = y[end] < y[lowest] || Double.isNaN(y[lowest]) ? end : lowest;
                highest = y[end] > y[highest] || Double.isNaN(y[highest]) ? end : highest;
                gap |= Double.isNaN(y[end]);
                end++;
            }
            if (n + 5 > keep.length) {
                keep = Arrays.copyOf(keep, 2 * keep.length);
            }
            int from = n;
            keep[n++] = start;
            n = keepNext(keep, n, Math.min(lowest, highest));
            n = keepNext(keep, n, Math.max(lowest, highest));
            n = keepNext(keep, n, end - 1);
            if (gap && Double.isNaN(y[end - 1]) && from == n - 1 && end - 1 > start) {
                keep[n++] = end - 1;
            }
            start = end;
        }
        var kept = new UnitData(s, new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            kept.x[i] = x[keep[i]];
            kept.y[i] = y[keep[i]];
        }
        return kept;
    }

    private static int keepNext(int[] keep, int n, int index) {
        if (keep[n - 1] != index) {
            keep[n++] = index;
        }
        return n;
    }

    @Override
    public int getSeriesCount() {
        return 1;
    }

    @Override
    @SuppressWarnings("rawtypes") // the library's own signature
    public Comparable getSeriesKey(int index) {
        return "";
    }

    @Override
    public int getItemCount(int index) {
        return y.length;
    }

    @Override
    public Number getX(int index, int item) {
        return getXValue(index, item);
    }

    @Override
    public Number getY(int index, int item) {
        return getYValue(index, item);
    }

    @Override
    public double getXValue(int index, int item) {
        return x[item];
    }

    @Override
    public double getYValue(int index, int item) {
        return y[item];
    }

    @Override
    public Number getStartX(int index, int item) {
        return x[item];
    }

    @Override
    public Number getEndX(int index, int item) {
        return x[Math.min(item + 1, x.length - 1)];
    }

    @Override
    public Number getStartY(int index, int item) {
        return y[item];
    }

    @Override
    public Number getEndY(int index, int item) {
        return y[item];
    }
}
