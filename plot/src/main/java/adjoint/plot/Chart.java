package adjoint.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.entity.EntityCollection;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYDataset;

/**
 * One {@link Axes}, ready to be drawn by the chart library. The library sees the unit square and ticks that are already
 * chosen ({@link Scale}, {@link Ticks}); it draws axes, grid, lines, points and bars. Title and legend are ours, because
 * the library would centre the one on the whole picture and keep the other outside.
 */
final class Chart {
    private static final int MOST_TICKS = 9;

    private final Axes axes;
    private final Scale xScale;
    private final Scale yScale;
    private final List<UnitData> data = new ArrayList<>();
    private final Ticks xTicks;
    private final Ticks yTicks;
    private final Canvas plot;
    private final Font titleFont;

    /**
     * Prepares the axes for a place of about {@code width} × {@code height} pixels, ticks and names included.
     */
    Chart(Axes axes, double width, double height) {
        this.axes = axes;
        xScale = xScale(axes);
        yScale = yScale(axes);
        // What ticks and names will leave, roughly: only the number of ticks depends on it.
        Rectangle2D place = place(new Rectangle2D.Double(0, 0, Math.max(20, width - 70), Math.max(20, height - 60)));
        double dataWidth = place.getWidth();
        double dataHeight = place.getHeight();
        for (Series s : axes.series) {
            data.add(UnitData.of(s, xScale, yScale, (int) Math.ceil(2 * dataWidth)));
        }
        if (data.isEmpty()) {
            // The library draws no grid where it has nothing to draw on it.
            data.add(UnitData.of(new Series(Series.Kind.LINE, new double[0], new double[0], 0), xScale, yScale, 1));
        }
        Font font = Theme.text();
        xTicks = ticksThatFit(xScale, dataWidth, font);
        yTicks = Ticks.of(yScale, (int) Math.clamp(dataHeight / (2 * font.getSize2D()), 1, MOST_TICKS));
        titleFont = fitting(axes.title, Theme.title(), width);
        plot = canvas(
                axis(xScale, xTicks, axes.xLabel, dataWidth, true), axis(yScale, yTicks, axes.yLabel, height, false));
    }

    // Ranges

    private static Scale xScale(Axes axes) {
        if (axes.xLimits != null) {
            return new Scale(axes.xLimits[0], axes.xLimits[1], axes.logX);
        }
        var range = new Range();
        for (Series s : axes.series) {
            if (s.kind != Series.Kind.ACROSS) {
                range.cover(s.x, s.kind == Series.Kind.UPRIGHT ? null : s.y, axes.logX, axes.logY);
            }
        }
        return Scale.fit(range.min, range.max, axes.logX);
    }

    private static Scale yScale(Axes axes) {
        if (axes.yLimits != null) {
            return new Scale(axes.yLimits[0], axes.yLimits[1], axes.logY);
        }
        var range = new Range();
        boolean bars = false;
        for (Series s : axes.series) {
            if (s.kind != Series.Kind.UPRIGHT) {
                range.cover(s.y, s.kind == Series.Kind.ACROSS ? null : s.x, axes.logY, axes.logX);
            }
            bars |= s.kind == Series.Kind.BARS;
        }
        return bars && !axes.logY
                ? Scale.fitBars(Math.min(range.min, range.max), range.max)
                : Scale.fit(range.min, range.max, axes.logY);
    }

    private static final class Range {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;

        /** Takes in the values of those points that can be drawn at all. */
        void cover(double[] values, double[] others, boolean log, boolean otherLog) {
            for (int i = 0; i < values.length; i++) {
                boolean seen = others == null || i >= others.length || Scale.drawable(others[i], otherLog);
                if (seen && Scale.drawable(values[i], log)) {
                    min = Math.min(min, values[i]);
                    max = Math.max(max, values[i]);
                }
            }
        }
    }

    /** Fewer and fewer ticks until their labels do not touch. */
    private static Ticks ticksThatFit(Scale scale, double width, Font font) {
        int most = (int) Math.clamp(width / (3 * font.getSize2D()), 1, MOST_TICKS);
        while (true) {
            Ticks ticks = Ticks.of(scale, most);
            double widest = 0;
            for (String label : ticks.labels()) {
                widest = Math.max(widest, Fonts.line(label, font).width());
            }
            double room = widest + 0.8 * font.getSize2D();
            if (most == 1 || ticks.labels().length * room <= width + widest) {
                return ticks;
            }
            most--;
        }
    }

    /** The font, smaller if the text is wider than its place. */
    static Font fitting(String text, Font font, double width) {
        double widest = 0;
        for (String line : text.split("\n")) {
            widest = Math.max(widest, Fonts.line(line, font).width());
        }
        return widest <= width ? font : font.deriveFont((float) (font.getSize2D() * Math.max(0.5, width / widest)));
    }

    /** The largest part in the middle of {@code area} in which units are as long as they should be. */
    private Rectangle2D place(Rectangle2D area) {
        if (!axes.equal) {
            return area;
        }
        // Halves, so that the largest doubles have a difference.
        double x = Math.abs(xScale.high() / 2 - xScale.low() / 2);
        double y = Math.abs(yScale.high() / 2 - yScale.low() / 2);
        double width = Math.clamp(Math.floor(area.getHeight() * (x / y)), 1, area.getWidth());
        double height = Math.clamp(Math.floor(area.getWidth() * (y / x)), 1, area.getHeight());
        return new Rectangle2D.Double(
                area.getX() + Math.floor((area.getWidth() - width) / 2),
                area.getY() + Math.floor((area.getHeight() - height) / 2),
                width,
                height);
    }

    // What the library draws

    /** An axis over [0, 1] whose ticks are given. */
    private static final class UnitAxis extends NumberAxis {
        private static final long serialVersionUID = 1L;

        private final transient List<NumberTick> ticks = new ArrayList<>();

        UnitAxis(Scale scale, Ticks source, TextAnchor anchor) {
            setAutoRange(false);
            setRange(0, 1);
            for (int i = 0; i < source.major().length; i++) {
                add(TickType.MAJOR, scale.unit(source.major()[i]), source.labels()[i], anchor);
            }
            for (double v : source.minor()) {
                add(TickType.MINOR, scale.unit(v), "", anchor);
            }
        }

        private void add(TickType type, double at, String label, TextAnchor anchor) {
            // A round number may miss the end of the axis by its rounding.
            if (at > -1e-6 && at < 1 + 1e-6) {
                ticks.add(new NumberTick(type, Math.clamp(at, 0, 1), label, anchor, TextAnchor.CENTER, 0));
            }
        }

        /** The library turns texts through a layout of its own, which knows one font only. */
        @Override
        protected AxisState drawLabel(
                String label,
                Graphics2D g,
                Rectangle2D plotArea,
                Rectangle2D area,
                RectangleEdge edge,
                AxisState state) {
            if (label == null || edge != RectangleEdge.LEFT) {
                return super.drawLabel(label, g, plotArea, area, edge, state);
            }
            AffineTransform upright = g.getTransform();
            double width = Fonts.line(label, getLabelFont()).width();
            double descent = getLabelFont().getLineMetrics(label, Fonts.CONTEXT).getDescent();
            g.translate(state.getCursor() - getLabelInsets().getRight() - descent, area.getCenterY() + width / 2);
            g.rotate(-Math.PI / 2);
            g.setFont(getLabelFont());
            g.setPaint(getLabelPaint());
            g.drawString(label, 0, 0);
            g.setTransform(upright);
            return state;
        }

        @Override
        @SuppressWarnings("rawtypes") // the library's own signature
        public List refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
            return ticks;
        }
    }

    private static UnitAxis axis(Scale scale, Ticks ticks, String name, double length, boolean horizontal) {
        var axis = new UnitAxis(scale, ticks, horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT);
        Font font = Theme.text();
        axis.setLabel(name.isEmpty() ? null : name.replace('\n', ' '));
        axis.setLabelFont(fitting(name, font, length));
        axis.setLabelPaint(Theme.INK);
        double gap = Theme.LABEL_GAP;
        axis.setLabelInsets(horizontal ? new RectangleInsets(gap, 0, 0, 0) : new RectangleInsets(0, 0, 0, gap));
        axis.setTickLabelFont(font);
        axis.setTickLabelPaint(Theme.INK);
        // The library leaves 2 pixels of its own beside a label.
        double space = Theme.TICK + Theme.TICK_GAP - 2;
        axis.setTickLabelInsets(horizontal ? new RectangleInsets(space, 0, 0, 0) : new RectangleInsets(0, space, 0, 0));
        axis.setAxisLineVisible(false);
        axis.setTickMarkStroke(Theme.FRAME);
        axis.setTickMarkPaint(Theme.INK);
        axis.setTickMarkOutsideLength(Theme.TICK);
        axis.setMinorTickMarksVisible(true);
        axis.setMinorTickMarkOutsideLength(Theme.MINOR_TICK);
        axis.setMinorTickMarkInsideLength(0);
        return axis;
    }

    /** The library's plot, made to tell how much room its axes need. */
    private static final class Canvas extends XYPlot {
        private static final long serialVersionUID = 1L;

        Canvas(UnitAxis x, UnitAxis y) {
            super(null, x, y, null);
        }

        AxisSpace axisSpace(Graphics2D g, Rectangle2D area) {
            return calculateAxisSpace(g, area);
        }
    }

    private Canvas canvas(UnitAxis x, UnitAxis y) {
        var canvas = new Canvas(x, y);
        canvas.setInsets(RectangleInsets.ZERO_INSETS);
        canvas.setAxisOffset(RectangleInsets.ZERO_INSETS);
        canvas.setBackgroundPaint(Theme.PAPER);
        canvas.setOutlinePaint(Theme.INK);
        canvas.setOutlineStroke(Theme.FRAME);
        canvas.setOutlineVisible(!axes.hidden);
        x.setVisible(!axes.hidden);
        y.setVisible(!axes.hidden);
        canvas.setDomainGridlinesVisible(axes.grid && !axes.hidden);
        canvas.setRangeGridlinesVisible(axes.grid && !axes.hidden);
        canvas.setDomainGridlinePaint(Theme.GRID);
        canvas.setRangeGridlinePaint(Theme.GRID);
        canvas.setDomainGridlineStroke(Theme.GRID_LINE);
        canvas.setRangeGridlineStroke(Theme.GRID_LINE);
        canvas.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        for (int i = 0; i < data.size(); i++) {
            canvas.setDataset(i, data.get(i));
            canvas.setRenderer(i, renderer(data.get(i).series), false);
        }
        return canvas;
    }

    private XYItemRenderer renderer(Series s) {
        if (s.kind == Series.Kind.BARS) {
            var bars = new Bars(yScale.log() ? 0 : Math.clamp(yScale.unit(0), 0, 1));
            bars.setSeriesPaint(0, Theme.color(s));
            return bars;
        }
        if (s.kind == Series.Kind.ARROWS || s.kind == Series.Kind.FILL) {
            return new Shapes(s);
        }
        var renderer = new Lines(s.markerSize * Theme.POINT);
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setSeriesLinesVisible(0, s.kind != Series.Kind.SCATTER && s.kind != Series.Kind.TEXT);
        renderer.setSeriesShapesVisible(0, s.markerSize > 0 && s.kind != Series.Kind.TEXT);
        renderer.setSeriesPaint(0, Theme.color(s));
        renderer.setSeriesStroke(0, Theme.stroke(s));
        return renderer;
    }

    /** Lines, with discs that stay discs in vector files. */
    private static final class Lines extends XYLineAndShapeRenderer {
        private static final long serialVersionUID = 1L;
        private final double diameter;

        Lines(double diameter) {
            this.diameter = diameter;
        }

        @Override
        protected void drawSecondaryPass(
                Graphics2D g,
                XYPlot plot,
                XYDataset dataset,
                int pass,
                int series,
                int item,
                ValueAxis domainAxis,
                Rectangle2D area,
                ValueAxis rangeAxis,
                CrosshairState crosshair,
                EntityCollection entities) {
            double u = dataset.getXValue(series, item);
            double v = dataset.getYValue(series, item);
            if (getItemShapeVisible(series, item) && !Double.isNaN(u) && !Double.isNaN(v)) {
                double x = area.getX() + u * area.getWidth() - diameter / 2;
                double y = area.getMaxY() - v * area.getHeight() - diameter / 2;
                g.setPaint(getItemPaint(series, item));
                g.fill(new Ellipse2D.Double(x, y, diameter, diameter));
            }
        }
    }

    /** Flat bars. */
    private static final class Bars extends XYBarRenderer {
        private static final long serialVersionUID = 1L;

        Bars(double base) {
            setBase(base);
            setUseYInterval(false);
            setBarPainter(new StandardXYBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
        }
    }

    // Where it is drawn

    /** What is needed around the data: room for ticks, names and title. */
    record Room(double left, double right, double top, double bottom) {
        Room and(Room other) {
            return new Room(
                    Math.max(left, other.left),
                    Math.max(right, other.right),
                    Math.max(top, other.top),
                    Math.max(bottom, other.bottom));
        }
    }

    Room room(Graphics2D g, double width, double height) {
        double text = Theme.text().getSize2D();
        if (axes.hidden) {
            return new Room(0, 0, Math.max(titleHeight(), 0.4 * text), 0);
        }
        AxisSpace space = plot.axisSpace(g, new Rectangle2D.Double(0, 0, width, height));
        double right = 0;
        for (int i = 0; i < xTicks.major().length; i++) {
            double half = Fonts.line(xTicks.labels()[i], Theme.text()).width() / 2;
            right = Math.max(right, half - (1 - xScale.unit(xTicks.major()[i])) * (width - space.getLeft()));
        }
        double top = titleHeight();
        if (!yTicks.common().isEmpty()) {
            top += 1.3 * text;
        }
        double bottom = space.getBottom();
        if (!xTicks.common().isEmpty() && axes.xLabel.isEmpty()) {
            bottom += 1.3 * text;
        }
        return new Room(space.getLeft(), right, Math.max(top, 0.4 * text), bottom);
    }

    private double titleHeight() {
        return axes.title.isEmpty() ? 0 : axes.title.split("\n").length * lineHeight(titleFont) + Theme.TITLE_GAP;
    }

    static double lineHeight(Font font) {
        return 1.15 * font.getSize2D();
    }

    /** Draws the data into {@code whole}, and around it what belongs there. */
    void draw(Graphics2D g, Rectangle2D whole, Room room) {
        Rectangle2D area = place(whole);
        var fixed = new AxisSpace();
        fixed.setLeft(room.left);
        fixed.setBottom(room.bottom);
        plot.setFixedDomainAxisSpace(fixed, false);
        plot.setFixedRangeAxisSpace(fixed, false);
        plot.draw(
                g,
                new Rectangle2D.Double(
                        area.getX() - room.left,
                        area.getY(),
                        area.getWidth() + room.left,
                        area.getHeight() + room.bottom),
                null,
                null,
                null);
        for (UnitData d : data) {
            Shapes.text(g, d, area);
        }
        g.setPaint(Theme.INK);
        double y = area.getY() - Theme.TITLE_GAP;
        g.setFont(Theme.text());
        if (!yTicks.common().isEmpty() && !axes.hidden) {
            g.drawString(yTicks.common(), (float) area.getX(), (float) y);
            y -= 1.3 * Theme.text().getSize2D();
        }
        if (!xTicks.common().isEmpty() && !axes.hidden) {
            double width = Fonts.line(xTicks.common(), Theme.text()).width();
            g.drawString(xTicks.common(), (float) (area.getMaxX() - width), (float) (area.getMaxY() + room.bottom - 2));
        }
        if (!axes.title.isEmpty()) {
            title(g, axes.title, titleFont, area.getCenterX(), y);
        }
        if (axes.legend) {
            Legend.draw(g, area, data);
        }
    }

    /** Lines of text, centred at x, the last of which stands on y. */
    static void title(Graphics2D g, String text, Font font, double x, double y) {
        String[] lines = text.split("\n");
        g.setFont(font);
        g.setPaint(Theme.INK);
        for (int i = 0; i < lines.length; i++) {
            double width = Fonts.line(lines[i], font).width();
            double up = (lines.length - 1 - i) * lineHeight(font);
            g.drawString(lines[i], (float) (x - width / 2), (float) (y - up));
        }
    }
}
