package adjoint.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

/** How all pictures look; the one place to change it. Lengths are in pixels of 1/100 inch, as in {@link Figure#size}. */
final class Theme {
    /** Pixels in a typographic point. */
    static final double POINT = 100 / 72.0;

    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x1a1a1a);
    static final Color GRID = new Color(0xe6e6e6);
    static final Color LEGEND_PAPER = new Color(255, 255, 255, 217);
    static final Color LEGEND_FRAME = new Color(0xcccccc);

    static final BasicStroke FRAME = flat(0.8);
    static final BasicStroke GRID_LINE = flat(0.7);
    static final BasicStroke THIN = new BasicStroke(1);

    static final float TICK = (float) (3.5 * POINT);
    static final float MINOR_TICK = (float) (2 * POINT);

    /** Between a tick and its label, and between labels and the axis' name. */
    static final double TICK_GAP = 2.5 * POINT;

    static final double LABEL_GAP = 4.5 * POINT;

    /** Around the whole picture, and between the charts of a grid. */
    static final double MARGIN = 10;

    static final double GUTTER = 14;
    static final double TITLE_GAP = 6 * POINT;

    private Theme() {}

    private static BasicStroke flat(double points) {
        return new BasicStroke((float) (points * POINT), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    }

    static Font text() {
        return Fonts.regular(10 * POINT);
    }

    static Font title() {
        return Fonts.regular(12 * POINT);
    }

    static Font figureTitle() {
        return Fonts.bold(12.5 * POINT);
    }

    static Color color(Series s) {
        return new Color((s.color & 0xffffff) | (int) Math.round(255 * s.opacity) << 24, true);
    }

    static BasicStroke stroke(Series s) {
        float width = (float) (s.width * POINT);
        if (s.dashes.length == 0) {
            return new BasicStroke(width, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_ROUND);
        }
        var pattern = new float[s.dashes.length];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = s.dashes[i] * width;
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    }
}
