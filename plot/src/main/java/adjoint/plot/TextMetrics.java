package adjoint.plot;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/** Measures texts as {@link TextGraphics} draws them, with the glyphs of fallback fonts. */
final class TextMetrics extends FontMetrics {
    private static final long serialVersionUID = 1L;

    private final transient LineMetrics metrics;

    TextMetrics(Font font) {
        super(font);
        metrics = font.getLineMetrics("x", Fonts.CONTEXT);
    }

    @Override
    public int getAscent() {
        return Math.round(metrics.getAscent());
    }

    @Override
    public int getDescent() {
        return Math.round(metrics.getDescent());
    }

    @Override
    public int getLeading() {
        return 0;
    }

    @Override
    public int stringWidth(String text) {
        return (int) Math.ceil(Fonts.line(text, font).width());
    }

    @Override
    public int charsWidth(char[] data, int off, int len) {
        return stringWidth(new String(data, off, len));
    }

    @Override
    public int charWidth(char c) {
        return stringWidth(String.valueOf(c));
    }

    @Override
    public Rectangle2D getStringBounds(String text, Graphics context) {
        double height = metrics.getAscent() + metrics.getDescent();
        return new Rectangle2D.Double(
                0, -metrics.getAscent(), Fonts.line(text, font).width(), height);
    }
}
