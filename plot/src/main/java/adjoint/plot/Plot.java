package adjoint.plot;

import java.util.function.DoubleUnaryOperator;

/**
 * Where a picture of one chart begins (PyTorch users: {@code plt}). Each method makes a figure with a single pair of
 * axes, draws into it and returns the {@link Axes}, on which everything else is called:
 *
 * {@snippet :
 * Plot.line(epochs, losses).label("train").line(epochs, testLosses).label("test").logY().save("loss.png");
 * }
 *
 * For several charts in one picture begin with {@link Figure#grid}.
 */
public final class Plot {
    private Plot() {}

    /** Empty axes to draw into. */
    public static Axes axes() {
        return Figure.grid(1, 1).at(0, 0);
    }

    /** A line through (0, y₀), (1, y₁), …; see {@link Axes#line(Object)}. */
    public static Axes line(Object y) {
        return axes().line(y);
    }

    /** A line through (x₀, y₀), (x₁, y₁), …; see {@link Axes#line(Object, Object)}. */
    public static Axes line(Object x, Object y) {
        return axes().line(x, y);
    }

    /** The graph of f on [from, to]; see {@link Axes#function}. */
    public static Axes function(DoubleUnaryOperator f, double from, double to) {
        return axes().function(f, from, to);
    }

    /** A point at each (xᵢ, yᵢ); see {@link Axes#scatter}. */
    public static Axes scatter(Object x, Object y) {
        return axes().scatter(x, y);
    }

    /** How many values fall into each of {@code bins} equal intervals; see {@link Axes#histogram}. */
    public static Axes histogram(Object values, int bins) {
        return axes().histogram(values, bins);
    }

    /**
     * Whether {@code show()} can be expected to open a window rather than write a file. Cheap: the window system is not
     * started for it.
     */
    public static boolean hasDisplay() {
        return Display.expected();
    }
}
