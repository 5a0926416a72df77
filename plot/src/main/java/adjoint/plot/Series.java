package adjoint.plot;

/** What is drawn once: its numbers, which never change, and its looks, which the fluent methods set. */
final class Series {
    enum Kind {
        LINE,
        SCATTER,
        /** x holds the n+1 edges, y the n heights. */
        BARS,
        /** y[0] is the height of a line across the axes. */
        ACROSS,
        /** x[0] is the place of a line from bottom to top. */
        UPRIGHT,
        /** Start and tip of each arrow in turn. */
        ARROWS,
        /** The corners of a filled polygon. */
        FILL,
        /** x[0], y[0] is the place of {@link #text}. */
        TEXT
    }

    private static final float[] SOLID = {};

    final Kind kind;
    final double[] x;
    final double[] y;

    String label = "";
    int color;
    /** Of the line, in points. */
    double width = 1.5;
    /** Diameter of the points, in points; 0 for none. Of a text, its font's size. */
    double markerSize;

    /** Of a TEXT: what is written, and where from its place. */
    String text = "";

    Placement placement = Placement.CENTER;

    double opacity = 1;
    /** Lengths of dashes and gaps as multiples of the line's width. */
    float[] dashes = SOLID;

    Series(Kind kind, double[] x, double[] y, int color) {
        this.kind = kind;
        this.x = x;
        this.y = y;
        this.color = color;
    }

    /** The same numbers with looks of its own. */
    Series copy() {
        return like(x, y);
    }

    /** Other numbers with the same looks. */
    Series like(double[] newX, double[] newY) {
        var copy = new Series(kind, newX, newY, color);
        copy.label = label;
        copy.width = width;
        copy.markerSize = markerSize;
        copy.opacity = opacity;
        copy.dashes = dashes;
        copy.text = text;
        copy.placement = placement;
        return copy;
    }
}
