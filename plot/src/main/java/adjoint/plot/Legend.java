package adjoint.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The frame with the series' names, put inside the chart where it covers least of what is drawn. */
final class Legend {
    private static final double HANDLE = 2;
    private static final double GAP = 0.8;
    private static final double PAD = 0.4;
    private static final double LINE = 1.35;
    private static final double DISTANCE = 0.5;

    /** Looking at more points than this takes longer than drawing them. */
    private static final int MOST_LOOKED_AT = 20_000;

    /** A covered text is as bad as that many points. */
    private static final double TEXT = 20;

    private Legend() {}

    static void draw(Graphics2D g, Rectangle2D area, List<UnitData> data) {
        List<UnitData> named = new ArrayList<>();
        Font font = Theme.text();
        double em = font.getSize2D();
        double widest = 0;
        for (UnitData d : data) {
            if (!d.series.label.isEmpty()) {
                named.add(d);
                widest = Math.max(widest, Fonts.line(d.series.label, font).width());
            }
        }
        if (named.isEmpty()) {
            return;
        }
        double width = widest + (HANDLE + GAP + 2 * PAD) * em;
        double height = (named.size() * LINE + 2 * PAD) * em;
        Rectangle2D box = place(area, width, height, em * DISTANCE, data);
        var frame = new RoundRectangle2D.Double(box.getX(), box.getY(), width, height, 0.5 * em, 0.5 * em);
        g.setPaint(Theme.LEGEND_PAPER);
        g.fill(frame);
        g.setPaint(Theme.LEGEND_FRAME);
        g.setStroke(Theme.THIN);
        g.draw(frame);
        for (int i = 0; i < named.size(); i++) {
            double middle = box.getY() + (PAD + (i + 0.5) * LINE) * em;
            double x = box.getX() + PAD * em;
            handle(g, named.get(i).series, x, middle, em);
            g.setFont(font);
            g.setPaint(Theme.INK);
            g.drawString(named.get(i).series.label, (float) (x + (HANDLE + GAP) * em), (float) (middle + 0.36 * em));
        }
    }

    private static void handle(Graphics2D g, Series s, double x, double y, double em) {
        g.setPaint(Theme.color(s));
        if (s.kind == Series.Kind.BARS || s.kind == Series.Kind.FILL) {
            g.fill(new Rectangle2D.Double(x, y - 0.35 * em, HANDLE * em, 0.7 * em));
            return;
        }
        if (s.kind != Series.Kind.SCATTER) {
            g.setStroke(Theme.stroke(s));
            g.draw(new Line2D.Double(x, y, x + HANDLE * em, y));
        }
        if (s.markerSize > 0) {
            // Points of a cloud may be too small to show their colour here.
            double d = Math.clamp(s.markerSize, 3, 9) * Theme.POINT;
            g.fill(new Ellipse2D.Double(x + (HANDLE * em - d) / 2, y - d / 2, d, d));
        }
    }

    /** The corner, or failing that the middle of a side, where the frame covers least; the first of equals. */
    private static Rectangle2D place(Rectangle2D area, double w, double h, double distance, List<UnitData> data) {
        double left = area.getX() + distance;
        double right = area.getMaxX() - distance - w;
        double centre = area.getCenterX() - w / 2;
        double top = area.getY() + distance;
        double bottom = area.getMaxY() - distance - h;
        double middle = area.getCenterY() - h / 2;
        double[][] places = {
            {right, top}, {left, top}, {left, bottom}, {right, bottom},
            {right, middle}, {left, middle}, {centre, bottom}, {centre, top}
        };
        Rectangle2D best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double[] p : places) {
            var box = new Rectangle2D.Double(p[0], p[1], w, h);
            double covered = 0;
            for (UnitData d : data) {
                covered += covered(unit(box, area), d);
            }
            if (covered < least) {
                least = covered;
                best = box;
            }
        }
        return best;
    }

    private static Rectangle2D unit(Rectangle2D box, Rectangle2D area) {
        return new Rectangle2D.Double(
                (box.getX() - area.getX()) / area.getWidth(),
                (area.getMaxY() - box.getMaxY()) / area.getHeight(),
                box.getWidth() / area.getWidth(),
                box.getHeight() / area.getHeight());
    }

    /** How many points, bars and pieces of lines touch the box; the share of a series if it has very many. */
    private static double covered(Rectangle2D box, UnitData d) {
        int n = d.y.length;
        int stride = 1 + n / MOST_LOOKED_AT;
        if (d.series.kind == Series.Kind.TEXT) {
            return box.contains(d.x[0], d.y[0]) ? TEXT : 0;
        }
        boolean lines = d.series.kind != Series.Kind.SCATTER && d.series.kind != Series.Kind.BARS;
        double count = 0;
        for (int i = 0; i < n; i += stride) {
            if (d.series.kind == Series.Kind.BARS) {
                count += box.intersects(d.x[i], 0, Math.max(1e-9, d.x[i + 1] - d.x[i]), Math.max(1e-9, d.y[i])) ? 1 : 0;
                continue;
            }
            count += box.contains(d.x[i], d.y[i]) ? 1 : 0;
            if (lines && i >= stride && box.intersectsLine(d.x[i - stride], d.y[i - stride], d.x[i], d.y[i])) {
                count++;
            }
        }
        return count * stride;
    }
}
