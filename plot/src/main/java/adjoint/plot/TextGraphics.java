package adjoint.plot;

import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/**
 * Draws on another {@code Graphics2D}, but texts as filled outlines of {@link Fonts}' glyphs. The chart library knows
 * only {@code drawString} with one font, whose missing characters become boxes; standing between the two is the one
 * place where each of its texts can fall back glyph by glyph, with the right measures, in pixels and in SVG alike.
 */
final class TextGraphics extends Graphics2D {
    private final Graphics2D target;
    /** Whether to cut coordinates to hundredths, which makes vector files a third as large. */
    private final boolean rounding;

    TextGraphics(Graphics2D target, boolean rounding) {
        this.target = target;
        this.rounding = rounding;
    }

    // Texts

    @Override
    public void drawString(String text, float x, float y) {
        for (Fonts.Run run : Fonts.line(text, getFont()).runs()) {
            fill(run.glyphs().getOutline((float) (x + run.x()), y));
        }
    }

    @Override
    public void drawString(String text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public void drawString(AttributedCharacterIterator text, float x, float y) {
        var plain = new StringBuilder();
        for (char c = text.first(); c != AttributedCharacterIterator.DONE; c = text.next()) {
            plain.append(c);
        }
        drawString(plain.toString(), x, y);
    }

    @Override
    public void drawString(AttributedCharacterIterator text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public void drawGlyphVector(GlyphVector g, float x, float y) {
        fill(g.getOutline(x, y));
    }

    @Override
    public FontMetrics getFontMetrics(Font f) {
        return new TextMetrics(f);
    }

    @Override
    public FontRenderContext getFontRenderContext() {
        return Fonts.CONTEXT;
    }

    // Shapes

    @Override
    public void fill(Shape s) {
        target.fill(rounding ? rounded(s) : s);
    }

    @Override
    public void draw(Shape s) {
        if (rounding) {
            target.draw(rounded(s));
            return;
        }
        // Straight edges on whole pixels are crisp; curves moved to whole pixels are jagged.
        boolean straight = s instanceof Line2D || s instanceof Rectangle2D;
        target.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL,
                straight ? RenderingHints.VALUE_STROKE_NORMALIZE : RenderingHints.VALUE_STROKE_PURE);
        target.draw(s);
    }

    private static double round(double v) {
        return Math.rint(v * 100) / 100;
    }

    private static Shape rounded(Shape s) {
        return switch (s) {
            case Line2D l -> new Line2D.Double(round(l.getX1()), round(l.getY1()), round(l.getX2()), round(l.getY2()));
            case Rectangle2D r -> r;
            case RoundRectangle2D r -> r;
            case Ellipse2D e ->
                new Ellipse2D.Double(round(e.getX()), round(e.getY()), round(e.getWidth()), round(e.getHeight()));
            default -> roundedPath(s);
        };
    }

    private static Path2D roundedPath(Shape s) {
        var path = new Path2D.Double();
        var c = new double[6];
        PathIterator it = s.getPathIterator(null);
        path.setWindingRule(it.getWindingRule());
        for (; !it.isDone(); it.next()) {
            int kind = it.currentSegment(c);
            for (int i = 0; i < c.length; i++) {
                c[i] = round(c[i]);
            }
            switch (kind) {
                case PathIterator.SEG_MOVETO -> path.moveTo(c[0], c[1]);
                case PathIterator.SEG_LINETO -> path.lineTo(c[0], c[1]);
                case PathIterator.SEG_QUADTO -> path.quadTo(c[0], c[1], c[2], c[3]);
                case PathIterator.SEG_CUBICTO -> path.curveTo(c[0], c[1], c[2], c[3], c[4], c[5]);
                default -> path.closePath();
            }
        }
        return path;
    }

    @Override
    public void drawLine(int x1, int y1, int x2, int y2) {
        draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void fillRect(int x, int y, int width, int height) {
        fill(new Rectangle(x, y, width, height));
    }

    @Override
    public void clearRect(int x, int y, int width, int height) {
        target.clearRect(x, y, width, height);
    }

    @Override
    public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public void drawOval(int x, int y, int width, int height) {
        draw(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void fillOval(int x, int y, int width, int height) {
        fill(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void drawArc(int x, int y, int width, int height, int startAngle, int arcAngle) {
        draw(new Arc2D.Double(x, y, width, height, startAngle, arcAngle, Arc2D.OPEN));
    }

    @Override
    public void fillArc(int x, int y, int width, int height, int startAngle, int arcAngle) {
        fill(new Arc2D.Double(x, y, width, height, startAngle, arcAngle, Arc2D.PIE));
    }

    @Override
    public void drawPolyline(int[] x, int[] y, int n) {
        target.drawPolyline(x, y, n);
    }

    @Override
    public void drawPolygon(int[] x, int[] y, int n) {
        draw(new Polygon(x, y, n));
    }

    @Override
    public void fillPolygon(int[] x, int[] y, int n) {
        fill(new Polygon(x, y, n));
    }

    // Everything else is the target's business.

    @Override
    public Graphics create() {
        return new TextGraphics((Graphics2D) target.create(), rounding);
    }

    @Override
    public void dispose() {
        target.dispose();
    }

    /** Does nothing: the inherited one would dispose of the target, which others may still draw on. */
    @Override
    @Deprecated
    @SuppressWarnings({"removal", "Finalize"})
    public void finalize() {}

    @Override
    public boolean drawImage(Image img, AffineTransform xform, ImageObserver obs) {
        return target.drawImage(img, xform, obs);
    }

    @Override
    public void drawImage(BufferedImage img, BufferedImageOp op, int x, int y) {
        target.drawImage(img, op, x, y);
    }

    @Override
    public void drawRenderedImage(RenderedImage img, AffineTransform xform) {
        target.drawRenderedImage(img, xform);
    }

    @Override
    public void drawRenderableImage(RenderableImage img, AffineTransform xform) {
        target.drawRenderableImage(img, xform);
    }

    @Override
    public boolean drawImage(Image img, int x, int y, ImageObserver o) {
        return target.drawImage(img, x, y, o);
    }

    @Override
    public boolean drawImage(Image img, int x, int y, int width, int height, ImageObserver o) {
        return target.drawImage(img, x, y, width, height, o);
    }

    @Override
    public boolean drawImage(Image img, int x, int y, Color background, ImageObserver o) {
        return target.drawImage(img, x, y, background, o);
    }

    @Override
    public boolean drawImage(Image img, int x, int y, int width, int height, Color background, ImageObserver o) {
        return target.drawImage(img, x, y, width, height, background, o);
    }

    @Override
    public boolean drawImage(
            Image img, int dx1, int dy1, int dx2, int dy2, int sx1, int sy1, int sx2, int sy2, ImageObserver o) {
        return target.drawImage(img, dx1, dy1, dx2, dy2, sx1, sy1, sx2, sy2, o);
    }

    @Override
    public boolean drawImage(
            Image img,
            int dx1,
            int dy1,
            int dx2,
            int dy2,
            int sx1,
            int sy1,
            int sx2,
            int sy2,
            Color background,
            ImageObserver o) {
        return target.drawImage(img, dx1, dy1, dx2, dy2, sx1, sy1, sx2, sy2, background, o);
    }

    @Override
    public void copyArea(int x, int y, int width, int height, int dx, int dy) {
        target.copyArea(x, y, width, height, dx, dy);
    }

    @Override
    public boolean hit(Rectangle rect, Shape s, boolean onStroke) {
        return target.hit(rect, s, onStroke);
    }

    @Override
    public GraphicsConfiguration getDeviceConfiguration() {
        return target.getDeviceConfiguration();
    }

    @Override
    public void setComposite(Composite comp) {
        target.setComposite(comp);
    }

    @Override
    public Composite getComposite() {
        return target.getComposite();
    }

    @Override
    public void setPaint(Paint paint) {
        target.setPaint(paint);
    }

    @Override
    public Paint getPaint() {
        return target.getPaint();
    }

    @Override
    public void setColor(Color c) {
        target.setColor(c);
    }

    @Override
    public Color getColor() {
        return target.getColor();
    }

    @Override
    public void setBackground(Color color) {
        target.setBackground(color);
    }

    @Override
    public Color getBackground() {
        return target.getBackground();
    }

    @Override
    public void setStroke(Stroke s) {
        target.setStroke(s);
    }

    @Override
    public Stroke getStroke() {
        return target.getStroke();
    }

    @Override
    public void setFont(Font font) {
        target.setFont(font);
    }

    @Override
    public Font getFont() {
        return target.getFont();
    }

    @Override
    public void setPaintMode() {
        target.setPaintMode();
    }

    @Override
    public void setXORMode(Color c) {
        target.setXORMode(c);
    }

    @Override
    public void setRenderingHint(RenderingHints.Key key, Object value) {
        // The chart library switches this one back and forth; draw() decides.
        if (key != RenderingHints.KEY_STROKE_CONTROL) {
            target.setRenderingHint(key, value);
        }
    }

    @Override
    public Object getRenderingHint(RenderingHints.Key key) {
        return target.getRenderingHint(key);
    }

    @Override
    public void setRenderingHints(Map<?, ?> hints) {
        target.setRenderingHints(hints);
    }

    @Override
    public void addRenderingHints(Map<?, ?> hints) {
        target.addRenderingHints(hints);
    }

    @Override
    public RenderingHints getRenderingHints() {
        return target.getRenderingHints();
    }

    @Override
    public void translate(int x, int y) {
        target.translate(x, y);
    }

    @Override
    public void translate(double tx, double ty) {
        target.translate(tx, ty);
    }

    @Override
    public void rotate(double theta) {
        target.rotate(theta);
    }

    @Override
    public void rotate(double theta, double x, double y) {
        target.rotate(theta, x, y);
    }

    @Override
    public void scale(double sx, double sy) {
        target.scale(sx, sy);
    }

    @Override
    public void shear(double shx, double shy) {
        target.shear(shx, shy);
    }

    @Override
    public void transform(AffineTransform t) {
        target.transform(t);
    }

    @Override
    public void setTransform(AffineTransform t) {
        target.setTransform(t);
    }

    @Override
    public AffineTransform getTransform() {
        return target.getTransform();
    }

    @Override
    public void clip(Shape s) {
        target.clip(s);
    }

    @Override
    public void clipRect(int x, int y, int width, int height) {
        target.clipRect(x, y, width, height);
    }

    @Override
    public void setClip(int x, int y, int width, int height) {
        target.setClip(x, y, width, height);
    }

    @Override
    public void setClip(Shape clip) {
        target.setClip(clip);
    }

    @Override
    public Shape getClip() {
        return target.getClip();
    }

    @Override
    public Rectangle getClipBounds() {
        return target.getClipBounds();
    }
}
