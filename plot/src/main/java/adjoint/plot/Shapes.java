package adjoint.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/** Draws what the chart library does not know: arrows, filled polygons, and texts inside of the chart. */
final class Shapes extends AbstractXYItemRenderer {
    private static final long serialVersionUID = 1L;

    /** Between a text and the point that it stands beside, in parts of the font's size. */
    private static final double GAP = 0.45;

    private final transient Series series;

    Shapes(Series series) {
        this.series = series;
    }

    @Override
    public XYItemRendererState initialise(
            Graphics2D g, Rectangle2D area, XYPlot plot, XYDataset data, PlotRenderingInfo info) {
        XYItemRendererState state = super.initialise(g, area, plot, data, info);
        // Items outside of the axes belong to the shape too.
        state.setProcessVisibleItemsOnly(false);
        return state;
    }

    /** Draws all at the first item. */
    @Override
    public void drawItem(
            Graphics2D g,
            XYItemRendererState state,
            Rectangle2D area,
            PlotRenderingInfo info,
            XYPlot plot,
            ValueAxis domainAxis,
            ValueAxis rangeAxis,
            XYDataset dataset,
            int index,
            int item,
            CrosshairState crosshair,
            int pass) {
        if (item == 0 && dataset instanceof UnitData data) {
            g.setPaint(Theme.color(series));
            if (series.kind == Series.Kind.FILL) {
                fill(g, data, area);
            } else {
                for (int i = 0; i + 1 < data.x.length; i += 2) {
                    arrow(g, x(data, i, area), y(data, i, area), x(data, i + 1, area), y(data, i + 1, area));
                }
            }
        }
    }

    private static double x(UnitData d, int i, Rectangle2D area) {
        return area.getX() + d.x[i] * area.getWidth();
    }

    private static double y(UnitData d, int i, Rectangle2D area) {
        return area.getMaxY() - d.y[i] * area.getHeight();
    }

    /** Corners that cannot be drawn are left out. */
    private static void fill(Graphics2D g, UnitData d, Rectangle2D area) {
        var path = new Path2D.Double();
        boolean begun = false;
        for (int i = 0; i < d.x.length; i++) {
            double x = x(d, i, area);
            double y = y(d, i, area);
            if (Double.isNaN(x + y)) {
                continue;
            }
            if (begun) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
                begun = true;
            }
        }
        if (begun) {
            path.closePath();
            g.fill(path);
        }
    }

    private void arrow(Graphics2D g, double x, double y, double tipX, double tipY) {
        double length = Math.hypot(tipX - x, tipY - y);
        if (!(length > 0)) {
            return;
        }
        double head = Math.min(Theme.POINT * (3 + 3 * series.width), 0.6 * length);
        double u = (tipX - x) / length;
        double v = (tipY - y) / length;
        BasicStroke stroke = Theme.stroke(series);
        g.setStroke(new BasicStroke(
                stroke.getLineWidth(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, stroke.getDashArray(), 0));
        g.draw(new Line2D.Double(x, y, tipX - 0.8 * head * u, tipY - 0.8 * head * v));
        double side = 0.36 * head;
        var triangle = new Path2D.Double();
        triangle.moveTo(tipX, tipY);
        triangle.lineTo(tipX - head * u + side * v, tipY - head * v - side * u);
        triangle.lineTo(tipX - head * u - side * v, tipY - head * v + side * u);
        triangle.closePath();
        g.fill(triangle);
    }

    /** Writes the text of a TEXT series; does nothing for another, or where the axes have no place for it. */
    static void text(Graphics2D g, UnitData d, Rectangle2D area) {
        Series s = d.series;
        if (s.kind != Series.Kind.TEXT || !(Math.abs(d.x[0] - 0.5) <= 0.5) || !(Math.abs(d.y[0] - 0.5) <= 0.5)) {
            return;
        }
        Font font = Fonts.regular(s.markerSize * Theme.POINT);
        String[] lines = s.text.split("\n");
        double em = font.getSize2D();
        double widest = 0;
        for (String line : lines) {
            widest = Math.max(widest, Fonts.line(line, font).width());
        }
        double height = (lines.length - 1) * Chart.lineHeight(font);
        double x = x(d, 0, area);
        // Where the last line stands; capitals are about 0.72 em high.
        double y = y(d, 0, area);
        switch (s.placement) {
            case CENTER, LEFT, RIGHT -> y += 0.36 * em + height / 2;
            case ABOVE -> y -= GAP * em;
            case BELOW -> y += (0.72 + GAP) * em + height;
        }
        switch (s.placement) {
            case CENTER, ABOVE, BELOW -> {}
            case LEFT -> x -= GAP * em + widest / 2;
            case RIGHT -> x += GAP * em + widest / 2;
        }
        g.setFont(font);
        g.setPaint(Theme.color(s));
        for (int i = 0; i < lines.length; i++) {
            double up = (lines.length - 1 - i) * Chart.lineHeight(font);
            g.drawString(lines[i], (float) (x - Fonts.line(lines[i], font).width() / 2), (float) (y - up));
        }
    }
}
