package adjoint.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** Lays a figure's charts out, so that the data of a row or column are in line, and draws them. */
final class Painter {
    private Painter() {}

    /** Draws the figure on {@code target}, {@code width} × {@code height} pixels large. */
    static void paint(Figure figure, Graphics2D target, double width, double height, boolean vector) {
        if (!vector) {
            target.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            target.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        }
        var g = new TextGraphics(target, vector);
        g.setPaint(Theme.PAPER);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        double top = Theme.MARGIN;
        if (!figure.title.isEmpty()) {
            Font font = Chart.fitting(figure.title, Theme.figureTitle(), width - 2 * Theme.MARGIN);
            double lines = figure.title.split("\n").length;
            top += lines * Chart.lineHeight(font);
            Chart.title(g, figure.title, font, width / 2, top - 0.2 * font.getSize2D());
            top += Theme.TITLE_GAP;
        }
        charts(
                figure,
                g,
                new Rectangle2D.Double(Theme.MARGIN, top, width - 2 * Theme.MARGIN, height - Theme.MARGIN - top));
    }

    private static void charts(Figure figure, Graphics2D g, Rectangle2D area) {
        int rows = figure.rows;
        int columns = figure.columns;
        double cellWidth = (area.getWidth() - (columns - 1) * Theme.GUTTER) / columns;
        double cellHeight = (area.getHeight() - (rows - 1) * Theme.GUTTER) / rows;
        var charts = new Chart[rows][columns];
        var ofRow = new Chart.Room[rows];
        var ofColumn = new Chart.Room[columns];
        var none = new Chart.Room(0, 0, 0, 0);
        Arrays.fill(ofRow, none);
        Arrays.fill(ofColumn, none);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                charts[r][c] = new Chart(figure.at(r, c), cellWidth, cellHeight);
                Chart.Room room = charts[r][c].room(g, cellWidth, cellHeight);
                ofRow[r] = ofRow[r].and(room);
                ofColumn[c] = ofColumn[c].and(room);
            }
        }
        double[] x = starts(
                area.getX(),
                area.getWidth(),
                columns,
                Arrays.stream(ofColumn)
                        .mapToDouble(room -> room.left() + room.right())
                        .toArray());
        double[] y = starts(
                area.getY(),
                area.getHeight(),
                rows,
                Arrays.stream(ofRow)
                        .mapToDouble(room -> room.top() + room.bottom())
                        .toArray());
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                var room = new Chart.Room(ofColumn[c].left(), ofColumn[c].right(), ofRow[r].top(), ofRow[r].bottom());
                // Whole pixels, for crisp frames.
                double left = Math.ceil(x[c] + room.left());
                double upper = Math.ceil(y[r] + room.top());
                double right = Math.floor(x[c + 1] - Theme.GUTTER - room.right());
                double lower = Math.floor(y[r + 1] - Theme.GUTTER - room.bottom());
                charts[r][c].draw(
                        g,
                        new Rectangle2D.Double(left, upper, Math.max(1, right - left), Math.max(1, lower - upper)),
                        room);
            }
        }
    }

    /** Where each of {@code n} cells begins, and the end, so that all have the same room for data. */
    private static double[] starts(double from, double length, int n, double[] around) {
        double data = (length - (n - 1) * Theme.GUTTER - Arrays.stream(around).sum()) / n;
        var starts = new double[n + 1];
        starts[0] = from;
        for (int i = 0; i < n; i++) {
            starts[i + 1] = starts[i] + data + around[i] + Theme.GUTTER;
        }
        return starts;
    }
}
