package adjoint.plot;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Lines of equal height over a grid, by marching squares (Lorensen and Cline's marching cubes in the plane): where a line
 * crosses the edges of a cell is interpolated, and the pieces of neighbouring cells are joined at the edge they share.
 */
final class Contours {
    private static final int ABOUT = 10;

    private final double[] x;
    private final double[] y;
    private final double[] heights;

    private Contours(double[] x, double[] y, double[] heights) {
        this.x = x;
        this.y = y;
        this.heights = heights;
    }

    /** The corners of all lines of one height; NaN stands between lines. */
    record Line(double[] x, double[] y) {}

    /**
     * @param x {@code [n]}; @param y {@code [m]}; @param heights {@code [m, n]}
     * @throws ShapeException if they are of other shapes
     */
    static Contours of(double[] x, double[] y, Tensor heights) {
        if (heights.shape().rank() != 2 || heights.size(0) != y.length || heights.size(1) != x.length) {
            throw new ShapeException("contour: the heights have the shape " + heights.shape() + ", but there are "
                    + y.length + " rows (y) and " + x.length + " columns (x). Pass heights of the shape [" + y.length
                    + ", " + x.length + "].");
        }
        return new Contours(x, y, heights.toDoubles());
    }

    /** About ten round heights inside of the range. */
    double[] levels() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double h : heights) {
            if (Double.isFinite(h)) {
                low = Math.min(low, h);
                high = Math.max(high, h);
            }
        }
        return low < high ? Ticks.of(new Scale(low, high, false), ABOUT).major() : new double[0];
    }

    /** The lines of one height. Each edge of the grid has a number; a line is a chain of edges that it crosses. */
    Line at(double level) {
        SequencedMap<Integer, List<Integer>> neighbours = new LinkedHashMap<>();
        for (int i = 0; i + 1 < y.length; i++) {
            for (int j = 0; j + 1 < x.length; j++) {
                cell(i, j, level, neighbours);
            }
        }
        var line = new Points();
        // Open lines first, from an end; what then remains are closed ones.
        for (int ends = 1; ends <= 2; ends++) {
            for (int edge : neighbours.keySet()) {
                if (neighbours.get(edge).size() == ends) {
                    follow(edge, level, neighbours, line);
                }
            }
        }
        return new Line(line.xs(), line.ys());
    }

    private void follow(int start, double level, Map<Integer, List<Integer>> neighbours, Points line) {
        if (!line.isEmpty()) {
            line.add(Double.NaN, Double.NaN);
        }
        int edge = start;
        while (true) {
            place(edge, level, line);
            List<Integer> there = neighbours.get(edge);
            if (there.isEmpty()) {
                return;
            }
            int next = there.removeFirst();
            neighbours.get(next).remove((Integer) edge);
            edge = next;
        }
    }

    /** Joins the edges of a cell that the line crosses: none, two or four of them. */
    private void cell(int i, int j, double level, Map<Integer, List<Integer>> neighbours) {
        double lowerLeft = height(i, j);
        double lowerRight = height(i, j + 1);
        double upperLeft = height(i + 1, j);
        double upperRight = height(i + 1, j + 1);
        double middle = (lowerLeft + lowerRight + upperLeft + upperRight) / 4;
        if (!Double.isFinite(middle)) {
            return;
        }
        int lower = across(i, j);
        int upper = across(i + 1, j);
        int left = upright(i, j);
        int right = upright(i, j + 1);
        int corners = (lowerLeft > level ? 1 : 0)
                + (lowerRight > level ? 2 : 0)
                + (upperRight > level ? 4 : 0)
                + (upperLeft > level ? 8 : 0);
        switch (corners) {
            case 0, 15 -> {}
            case 1, 14 -> join(left, lower, neighbours);
            case 2, 13 -> join(lower, right, neighbours);
            case 4, 11 -> join(right, upper, neighbours);
            case 8, 7 -> join(upper, left, neighbours);
            case 3, 12 -> join(left, right, neighbours);
            case 6, 9 -> join(lower, upper, neighbours);
            default -> {
                // A saddle: what the middle is decides which corners belong together.
                boolean throughMiddle = (corners == 5) == (middle > level);
                join(left, throughMiddle ? upper : lower, neighbours);
                join(right, throughMiddle ? lower : upper, neighbours);
            }
        }
    }

    private static void join(int a, int b, Map<Integer, List<Integer>> neighbours) {
        neighbours.computeIfAbsent(a, _ -> new ArrayList<>(2)).add(b);
        neighbours.computeIfAbsent(b, _ -> new ArrayList<>(2)).add(a);
    }

    private double height(int i, int j) {
        return heights[i * x.length + j];
    }

    /** The edge from the point in row i, column j to the next column. */
    private int across(int i, int j) {
        return 2 * (i * x.length + j);
    }

    /** The edge from that point to the next row. */
    private int upright(int i, int j) {
        return 2 * (i * x.length + j) + 1;
    }

    private void place(int edge, double level, Points line) {
        int i = edge / 2 / x.length;
        int j = edge / 2 % x.length;
        boolean upright = edge % 2 == 1;
        double from = height(i, j);
        double to = upright ? height(i + 1, j) : height(i, j + 1);
        double t = Math.clamp((level - from) / (to - from), 0, 1);
        if (upright) {
            line.add(x[j], y[i] + t * (y[i + 1] - y[i]));
        } else {
            line.add(x[j] + t * (x[j + 1] - x[j]), y[i]);
        }
    }

    private static final class Points {
        private final List<double[]> points = new ArrayList<>();

        void add(double x, double y) {
            points.add(new double[] {x, y});
        }

        boolean isEmpty() {
            return points.isEmpty();
        }

        double[] xs() {
            return points.stream().mapToDouble(p -> p[0]).toArray();
        }

        double[] ys() {
            return points.stream().mapToDouble(p -> p[1]).toArray();
        }
    }
}
