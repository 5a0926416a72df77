package adjoint.plot;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.ShapeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One chart: an x axis, a y axis and what is drawn between them. Methods return the axes, so that calls chain;
 * {@link #label}, {@link #color}, {@link #width}, {@link #dashed}, {@link #dotted}, {@link #markers}, {@link #size} and
 * {@link #opacity} speak of what was drawn last.
 *
 * <p>Lines, points, arrows and areas are drawn in the order of the calls, texts above all of them.
 *
 * <p>Numbers may come as {@code double[]}, {@code float[]}, {@code int[]}, {@code long[]}, a {@code List} of numbers or
 * a {@code Tensor} (in any mixture; of a tensor's dimensions at most one may be larger than 1). They are copied when
 * the method is called. NaN and infinite values, and values ≤ 0 on a logarithmic axis, leave a gap.
 *
 * <p>Nothing is drawn before {@link #save} or {@link #show}, and AWT is not loaded before that either. Not thread-safe.
 */
public final class Axes {
    /** How finely {@link #function} is sampled: more than a pixel apart is never needed. */
    private static final int SAMPLES = 1001;

    private static final int MAX_BINS = 100_000;

    private final Figure figure;
    final List<Series> series = new ArrayList<>();
    String title = "";
    String xLabel = "";
    String yLabel = "";
    /** Two numbers, or null where the data decide. */
    double[] xLimits;

    double[] yLimits;
    boolean logX;
    boolean logY;
    boolean grid = true;
    boolean legend = true;
    boolean equal;
    boolean hidden;
    private int coloured;
    /** How many series the last call drew: contour lines are several. */
    private int drawn = 1;

    Axes(Figure figure) {
        this.figure = figure;
    }

    /** A copy in another figure, to be drawn while the user goes on with this one. */
    Axes copyInto(Figure other) {
        var copy = new Axes(other);
        for (Series s : series) {
            copy.series.add(s.copy());
        }
        copy.title = title;
        copy.xLabel = xLabel;
        copy.yLabel = yLabel;
        copy.xLimits = xLimits;
        copy.yLimits = yLimits;
        copy.logX = logX;
        copy.logY = logY;
        copy.grid = grid;
        copy.legend = legend;
        copy.equal = equal;
        copy.hidden = hidden;
        copy.coloured = coloured;
        copy.drawn = drawn;
        return copy;
    }

    /** The figure that these axes are a part of. */
    public Figure figure() {
        return figure;
    }

    // What to draw

    /**
     * A line through (0, y₀), (1, y₁), … (matplotlib: {@code plot}).
     *
     * @throws DataException if {@code y} holds no numbers
     */
    public Axes line(Object y) {
        double[] values = Values.of("line", "y", y);
        return add(Series.Kind.LINE, Values.indices(values.length), values);
    }

    /**
     * A line through (x₀, y₀), (x₁, y₁), … in this order (matplotlib: {@code plot}).
     *
     * @throws DataException if {@code x} or {@code y} holds no numbers
     * @throws ShapeException if they are of different lengths
     */
    public Axes line(Object x, Object y) {
        return pairs("line", Series.Kind.LINE, x, y);
    }

    /**
     * The graph of f on [from, to].
     *
     * @throws DataException if the ends are not finite or not in this order
     */
    public Axes function(DoubleUnaryOperator f, double from, double to) {
        if (!(from < to) || !Double.isFinite(to) || !Double.isFinite(from)) {
            throw new DataException("function: [" + from + ", " + to + "] is no interval to draw on. "
                    + "Give two finite ends, the smaller one first.");
        }
        var x = new double[SAMPLES];
        var y = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double t = i / (SAMPLES - 1.0);
            // On a logarithmic axis equal ratios, so that each decade gets its share.
            x[i] = logX && from > 0 ? from * Math.pow(to / from, t) : from * (1 - t) + to * t;
            y[i] = f.applyAsDouble(x[i]);
        }
        return add(Series.Kind.LINE, x, y);
    }

    /**
     * A point at each (xᵢ, yᵢ).
     *
     * @throws DataException if {@code x} or {@code y} holds no numbers
     * @throws ShapeException if they are of different lengths
     */
    public Axes scatter(Object x, Object y) {
        pairs("scatter", Series.Kind.SCATTER, x, y);
        return size(5);
    }

    /**
     * Bars that say how many of {@code values} fall into each of {@code bins} equal intervals between the smallest and
     * the largest; NaN and infinite values are left out.
     *
     * @throws DataException if {@code values} holds no numbers or {@code bins} is not positive
     */
    public Axes histogram(Object values, int bins) {
        if (bins < 1 || bins > MAX_BINS) {
            throw new DataException("histogram: " + bins + " bins cannot be drawn. Ask for 1 to " + MAX_BINS + ".");
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double[] v = Values.of("histogram", "values", values);
        for (double value : v) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low == high) {
            double room = 0.5 * Math.max(1, Math.ulp(low) * bins * 4);
            low -= room;
            high += room;
        }
        if (!(low < high)) {
            low = 0;
            high = 1;
        }
        var edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            double t = i / (double) bins;
            edges[i] = low * (1 - t) + high * t;
        }
        var counts = new double[bins];
        for (double value : v) {
            if (Double.isFinite(value)) {
                double place = (value / 2 - low / 2) / (high / 2 - low / 2) * bins;
                counts[Math.clamp((int) place, 0, bins - 1)]++;
            }
        }
        return add(Series.Kind.BARS, edges, counts);
    }

    /** A thin grey dashed line across the axes at this height (matplotlib: {@code axhline}). */
    public Axes hLine(double y) {
        return reference("hLine", Series.Kind.ACROSS, y);
    }

    /** A thin grey dashed line from bottom to top at this place (matplotlib: {@code axvline}). */
    public Axes vLine(double x) {
        return reference("vLine", Series.Kind.UPRIGHT, x);
    }

    /**
     * An arrow from (x, y) to (x + dx, y + dy).
     *
     * @throws DataException if one of the numbers is not finite
     */
    public Axes arrow(double x, double y, double dx, double dy) {
        if (!Double.isFinite(x + dx) || !Double.isFinite(y + dy)) {
            throw new DataException("arrow(" + x + ", " + y + ", " + dx + ", " + dy + "): its ends are not finite, so "
                    + "it cannot be drawn. Give finite numbers.");
        }
        return add(Series.Kind.ARROWS, new double[] {x, x + dx}, new double[] {y, y + dy});
    }

    /**
     * An arrow from each (xᵢ, yᵢ) to (xᵢ + dxᵢ, yᵢ + dyᵢ), such as a field of gradients (matplotlib: {@code quiver}, with
     * the axes' own units).
     *
     * @throws DataException if one of them holds no numbers
     * @throws ShapeException if they are of different lengths
     */
    public Axes arrows(Object x, Object y, Object dx, Object dy) {
        double[] xs = Values.of("arrows", "x", x);
        double[] ys = Values.of("arrows", "y", y);
        double[] dxs = Values.of("arrows", "dx", dx);
        double[] dys = Values.of("arrows", "dy", dy);
        if (xs.length != ys.length || xs.length != dxs.length || xs.length != dys.length) {
            throw new ShapeException("arrows: x, y, dx and dy have " + xs.length + ", " + ys.length + ", " + dxs.length
                    + " and " + dys.length + " values, so they do not form arrows. Pass one of each for every arrow.");
        }
        var endsX = new double[2 * xs.length];
        var endsY = new double[2 * xs.length];
        for (int i = 0; i < xs.length; i++) {
            endsX[2 * i] = xs[i];
            endsY[2 * i] = ys[i];
            endsX[2 * i + 1] = xs[i] + dxs[i];
            endsY[2 * i + 1] = ys[i] + dys[i];
        }
        return add(Series.Kind.ARROWS, endsX, endsY);
    }

    /**
     * The polygon with these corners, filled.
     *
     * @throws DataException if {@code x} or {@code y} holds no numbers
     * @throws ShapeException if they are of different lengths
     */
    public Axes fill(Object x, Object y) {
        return pairs("fill", Series.Kind.FILL, x, y);
    }

    /** A text whose middle is at (x, y); see {@link #text(String, double, double, Placement)}. */
    public Axes text(String text, double x, double y) {
        return text(text, x, y, Placement.CENTER);
    }

    /**
     * A text at (x, y), dark and 10 points high unless {@link #color} and {@link #size} say otherwise (matplotlib:
     * {@code text}, {@code annotate}). It may have several lines, separated by {@code \n}.
     *
     * @throws DataException if one of the numbers is not finite
     */
    public Axes text(String text, double x, double y, Placement placement) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new DataException(
                    "text at (" + x + ", " + y + "): there is no such place in a picture. Give finite numbers.");
        }
        var series = new Series(Series.Kind.TEXT, new double[] {x}, new double[] {y}, 0x1a1a1a);
        series.text = text(text);
        series.placement = placement;
        series.markerSize = 10;
        return add(series);
    }

    /**
     * Lines of equal height of a function of two variables, dark where it is low and light where it is high (matplotlib:
     * {@code contour}).
     *
     * @param x {@code [n]} the columns' places, in order
     * @param y {@code [m]} the rows' places, in order
     * @param heights {@code [m, n]} the function's values; next to one that is not finite there are no lines
     * @param levels the heights; none: about ten round ones
     * @throws DataException if a level is not finite
     * @throws ShapeException if the sizes do not fit
     */
    public Axes contour(Object x, Object y, Tensor heights, double... levels) {
        double[] xs = Values.of("contour", "x", x);
        double[] ys = Values.of("contour", "y", y);
        var contours = Contours.of(xs, ys, heights);
        double[] chosen = levels.length == 0 ? contours.levels() : levels.clone();
        for (double level : chosen) {
            if (!Double.isFinite(level)) {
                throw new DataException("contour: no line has the height " + level + ". Give finite levels.");
            }
        }
        for (int i = 0; i < chosen.length; i++) {
            Contours.Line line = contours.at(chosen[i]);
            series.add(new Series(
                    Series.Kind.LINE, line.x(), line.y(), Palette.height((i + 0.5) / Math.max(1, chosen.length))));
        }
        drawn = Math.max(1, chosen.length);
        return this;
    }

    private Axes reference(String operation, Series.Kind kind, double at) {
        if (!Double.isFinite(at)) {
            throw new DataException(operation + ": a line at " + at + " cannot be drawn. Give a finite number.");
        }
        var line = new Series(kind, new double[] {at}, new double[] {at}, Palette.parse("gray"));
        line.width = 1;
        return add(line).dashed();
    }

    private Axes pairs(String operation, Series.Kind kind, Object x, Object y) {
        double[] xs = Values.of(operation, "x", x);
        double[] ys = Values.of(operation, "y", y);
        if (xs.length != ys.length) {
            throw new ShapeException(operation + ": x has " + xs.length + " values and y has " + ys.length
                    + ", so they do not form points. Pass one x for each y.");
        }
        return add(kind, xs, ys);
    }

    private Axes add(Series.Kind kind, double[] x, double[] y) {
        return add(new Series(kind, x, y, Palette.cycle(coloured++)));
    }

    private Axes add(Series one) {
        series.add(one);
        drawn = 1;
        return this;
    }

    /** For live curves, whose numbers are already ours to keep. */
    void addOwned(String label, double[] x, double[] y) {
        add(Series.Kind.LINE, x, y);
        last("label").getLast().label = label;
    }

    // How it looks

    /** Names what was drawn last in the legend, which appears as soon as something has a name. */
    public Axes label(String text) {
        Series named = last("label").getLast();
        if (named.kind == Series.Kind.TEXT) {
            throw new DataException("label: a text has no entry in the legend. Label what it is written beside.");
        }
        named.label = text(text);
        return this;
    }

    /**
     * Colours what was drawn last: {@code "#1f77b4"}, a name such as {@code "red"}, or {@code "C0"} to {@code "C9"} for
     * a place in the default cycle.
     *
     * @throws DataException if there is no such colour
     */
    public Axes color(String color) {
        int parsed = Palette.parse(color);
        last("color").forEach(s -> s.color = parsed);
        return this;
    }

    /** The width of what was drawn last, in points (1/72 inch); 1.5 unless told. */
    public Axes width(double points) {
        positive("width", points);
        last("width").forEach(s -> s.width = points);
        return this;
    }

    /** Draws the last line in dashes. */
    public Axes dashed() {
        last("dashed").forEach(s -> s.dashes = new float[] {3.7f, 1.6f});
        return this;
    }

    /** Draws the last line in dots. */
    public Axes dotted() {
        last("dotted").forEach(s -> s.dashes = new float[] {1f, 1.65f});
        return this;
    }

    /** Marks each point of the last line with a disc. */
    public Axes markers() {
        return size(5);
    }

    /** The diameter of the discs of what was drawn last, in points, 5 unless told; of a text, its height, 10. */
    public Axes size(double points) {
        positive("size", points);
        last("size").forEach(s -> s.markerSize = points);
        return this;
    }

    /**
     * How opaque what was drawn last is, from 0 to 1 (matplotlib: {@code alpha}).
     *
     * @throws DataException if not between 0 and 1
     */
    public Axes opacity(double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new DataException("opacity(" + opacity + ") is out of range. Give a number from 0 to 1.");
        }
        last("opacity").forEach(s -> s.opacity = opacity);
        return this;
    }

    /** What the last call drew: one series, or several lines of a contour. */
    private List<Series> last(String operation) {
        if (series.isEmpty()) {
            throw new DataException(operation + ": nothing has been drawn in these axes yet, so there is nothing to "
                    + "change. Call line, scatter or histogram first.");
        }
        return series.subList(series.size() - Math.min(drawn, series.size()), series.size());
    }

    private static void positive(String operation, double v) {
        if (!(v > 0) || v > 1000) {
            throw new DataException(operation + "(" + v + ") cannot be drawn. Give a positive number of points.");
        }
    }

    // The axes themselves

    /** The line above the chart; it may have several lines, separated by {@code \n}. */
    public Axes title(String text) {
        title = text(text);
        return this;
    }

    /** What the x axis shows. */
    public Axes xLabel(String text) {
        xLabel = text(text);
        return this;
    }

    /** What the y axis shows. */
    public Axes yLabel(String text) {
        yLabel = text(text);
        return this;
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    /**
     * The ends of the x axis; a reversed axis if {@code from > to}.
     *
     * @throws DataException if they are equal or not finite, or not positive on a logarithmic axis
     */
    public Axes xLimits(double from, double to) {
        xLimits = limits("xLimits", from, to, logX);
        return this;
    }

    /**
     * The ends of the y axis; a reversed axis if {@code from > to}.
     *
     * @throws DataException if they are equal or not finite, or not positive on a logarithmic axis
     */
    public Axes yLimits(double from, double to) {
        yLimits = limits("yLimits", from, to, logY);
        return this;
    }

    /**
     * Makes the x axis logarithmic.
     *
     * @throws DataException if limits were set that are not positive, or the axes are equal
     */
    public Axes logX() {
        if (xLimits != null) {
            limits("logX after xLimits", xLimits[0], xLimits[1], true);
        }
        refuseEqual("logX", equal);
        logX = true;
        return this;
    }

    /**
     * Makes the y axis logarithmic.
     *
     * @throws DataException if limits were set that are not positive, or the axes are equal
     */
    public Axes logY() {
        if (yLimits != null) {
            limits("logY after yLimits", yLimits[0], yLimits[1], true);
        }
        refuseEqual("logY", equal);
        logY = true;
        return this;
    }

    private static double[] limits(String operation, double from, double to, boolean log) {
        if (!Double.isFinite(from) || !Double.isFinite(to) || from == to) {
            throw new DataException(operation + "(" + from + ", " + to + "): an axis needs two different finite ends. "
                    + "Leave the limits out to see all data.");
        }
        if (log && !(from > 0 && to > 0)) {
            throw new DataException(operation + "(" + from + ", " + to + "): a logarithmic axis has no place for 0 and "
                    + "below. Give positive limits.");
        }
        return new double[] {from, to};
    }

    /** Leaves the grid lines out. */
    public Axes noGrid() {
        grid = false;
        return this;
    }

    /** Leaves the legend out, though something has a name. */
    public Axes noLegend() {
        legend = false;
        return this;
    }

    /**
     * One unit of x is as long as one of y, so that circles are round (matplotlib: {@code axis("equal")}); the chart
     * takes as much of its place as that leaves.
     *
     * @throws DataException if an axis is logarithmic
     */
    public Axes equalAxes() {
        refuseEqual("equalAxes", logX || logY);
        equal = true;
        return this;
    }

    private static void refuseEqual(String operation, boolean asked) {
        if (asked) {
            throw new DataException(operation + ": units of a logarithmic axis have no length that could be equal to "
                    + "another's. Choose equalAxes() or logarithmic axes.");
        }
    }

    /** Leaves frame, ticks, names and grid out, for a drawing rather than a chart (matplotlib: {@code axis("off")}). */
    public Axes noAxes() {
        hidden = true;
        return this;
    }

    // The whole figure

    /** Saves the figure that these axes are a part of; see {@link Figure#save(Path)}. */
    public Axes save(Path file) {
        figure.save(file);
        return this;
    }

    /** Saves the figure that these axes are a part of; see {@link Figure#save(Path)}. */
    public Axes save(String file) {
        figure.save(file);
        return this;
    }

    /** Shows the figure that these axes are a part of; see {@link Figure#show()}. */
    public void show() {
        figure.show();
    }
}
