package adjoint.optim;

import adjoint.tensor.Tensor;
import java.util.function.DoubleFunction;

/**
 * Looks along a direction for a place where the loss is lower by enough and its slope flatter by enough (the strong Wolfe
 * conditions): first a bracket around such a place, then ever smaller ones, by cubic interpolation.
 *
 * <p>Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6, with the bounds and stops of PyTorch's.
 */
final class WolfeSearch {
    private static final double DECREASE = 1e-4;
    private static final double FLATTER = 0.9;

    /**
     * What there is to know about a place.
     *
     * @param t how far it is
     * @param slope of the loss along the direction
     */
    record Point(double t, double loss, Tensor gradient, double slope) {}

    private final DoubleFunction<Point> evaluate;
    private final Point start;
    private final double reach;
    private final double tolerance;
    private final int most;
    private final boolean single;
    private int rounds;
    private int evaluations;

    /**
     * A search.
     *
     * @param evaluate goes so far from the start along the direction
     * @param reach the largest element of the direction
     * @param tolerance how small a bracket may become, as a change of a parameter
     * @param most how many rounds there are at most
     * @param single whether to compute in single precision, as PyTorch does where the parameters are so
     */
    WolfeSearch(DoubleFunction<Point> evaluate, Point start, double reach, double tolerance, int most, boolean single) {
        this.evaluate = evaluate;
        this.single = single;
        this.start = start;
        this.reach = reach;
        this.tolerance = tolerance;
        this.most = Math.max(most, 0);
    }

    /** How many points were evaluated. */
    int evaluations() {
        return evaluations;
    }

    private Point at(double t) {
        evaluations++;
        return evaluate.apply(t);
    }

    private double round(double x) {
        return single ? (float) x : x;
    }

    private boolean isTooHigh(Point p) {
        return p.loss > round(start.loss + round(round(round(DECREASE) * p.t) * start.slope));
    }

    private boolean isFlat(Point p) {
        return Math.abs(p.slope) <= round(round(-FLATTER) * start.slope);
    }

    /** The best point found; {@code t} is where to look first. */
    Point run(double t) {
        Point before = start;
        Point now = at(t);
        while (rounds < most) {
            if (isTooHigh(now) || rounds > 1 && now.loss >= before.loss) {
                return zoom(before, now);
            }
            if (isFlat(now)) {
                return now;
            }
            if (now.slope >= 0) {
                return zoom(before, now);
            }
            double least = round(now.t + round(round(0.01) * round(now.t - before.t)));
            double next = interpolate(before, now, least, round(now.t * 10));
            before = now;
            now = at(next);
            rounds++;
        }
        return start.loss <= now.loss ? start : now;
    }

    /** Shrinks the bracket between two points. */
    private Point zoom(Point one, Point other) {
        // PyTorch keeps the points' order, and which is the lower; interpolation rounds by it.
        Point[] bracket = {one, other};
        int low = one.loss <= other.loss ? 0 : 1;
        boolean stuck = false;
        while (rounds < most && !(round(Math.abs(bracket[1].t - bracket[0].t) * reach) < tolerance)) {
            double least = Math.min(bracket[0].t, bracket[1].t);
            double largest = Math.max(bracket[0].t, bracket[1].t);
            double t = interpolate(bracket[0], bracket[1], least, largest);
            double margin = round(round(0.1) * round(largest - least));
            if (Math.min(largest - t, t - least) < margin) {
                // Near an end: once is let pass, twice is not.
                if (stuck || t >= largest || t <= least) {
                    t = round(Math.abs(t - largest) < Math.abs(t - least) ? largest - margin : least + margin);
                    stuck = false;
                } else {
                    stuck = true;
                }
            } else {
                stuck = false;
            }
            Point now = at(t);
            rounds++;
            int high = 1 - low;
            if (isTooHigh(now) || now.loss >= bracket[low].loss) {
                bracket[high] = now;
                low = bracket[0].loss <= bracket[1].loss ? 0 : 1;
            } else {
                boolean found = isFlat(now);
                if (!found && now.slope * (bracket[high].t - bracket[low].t) >= 0) {
                    bracket[high] = bracket[low];
                }
                bracket[low] = now;
                if (found) {
                    break;
                }
            }
        }
        return bracket[low];
    }

    /** Where the cubic through two points with these slopes is lowest, within bounds; their middle if it is nowhere. */
    private double interpolate(Point a, Point b, double from, double to) {
        double secant = round(round(3 * (a.loss - b.loss)) / round(a.t - b.t));
        double mean = round(round(a.slope + b.slope) - secant);
        double square = round(round(mean * mean) - round(a.slope * b.slope));
        if (!(square >= 0)) {
            return round((from + to) / 2);
        }
        double root = round(Math.sqrt(square));
        double lowest = a.t <= b.t ? lowest(a, b, root, mean) : lowest(b, a, root, mean);
        return Math.min(Math.max(lowest, from), to);
    }

    private double lowest(Point near, Point far, double root, double mean) {
        double above = round(round(far.slope + root) - mean);
        double below = round(round(far.slope - near.slope) + 2 * root);
        return round(far.t - round(round(far.t - near.t) * round(above / below)));
    }
}
