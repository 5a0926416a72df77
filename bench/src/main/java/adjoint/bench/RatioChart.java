package adjoint.bench;

import adjoint.bench.work.Case;
import adjoint.plot.Axes;
import adjoint.plot.Figure;
import adjoint.plot.Placement;
import java.nio.file.Path;
import java.util.List;

/**
 * The ratios as bars on a logarithmic axis: to the right of 1 where Adjoint is faster, to the left where the peer is. A black
 * stroke stands where libtorch's ratio should be at least.
 */
final class RatioChart {
    private static final int WIDTH = 900;
    private static final int BAR = 18;
    private static final double[] LINES = {0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000};

    private final List<Row> rows;
    private final List<String> peers;
    private final double low;
    private final double high;
    /** Where names begin: they take two fifths of the width. */
    private final double left;

    private RatioChart(List<Row> rows, List<String> peers) {
        this.rows = rows;
        this.peers = peers;
        double smallest = 0.5;
        double largest = 2;
        for (Row row : rows) {
            for (Row.Versus versus : row.peers().values()) {
                smallest = Math.min(smallest, versus.ratio());
                largest = Math.max(largest, versus.ratio());
            }
        }
        // Room for the numbers at the bars' ends.
        double room = Math.pow(largest / smallest, 0.12);
        low = smallest / room;
        high = largest * room;
        left = low / Math.pow(high / low, 0.45);
    }

    /** Draws what was compared; nothing if that is nothing. */
    static void save(List<Row> rows, List<String> peers, int threads, Path file) {
        List<Row> compared = rows.stream().filter(r -> !r.peers().isEmpty()).toList();
        if (!compared.isEmpty()) {
            new RatioChart(compared, peers).figure(threads).save(file);
        }
    }

    private Figure figure(int threads) {
        Figure figure = Figure.grid(1, 1).size(WIDTH, 110 + BAR * rows.size() * peers.size());
        Axes axes = figure.at(0, 0)
                .noAxes()
                .logX()
                .xLimits(left, high)
                .yLimits(rows.size(), -1.2)
                .title("Time of a peer ÷ time of Adjoint, %d thread%s".formatted(threads, threads == 1 ? "" : "s"));
        for (double x : LINES) {
            if (x >= low && x <= high) {
                axes.vLine(x).opacity(x == 1 ? 1 : 0.4);
                axes.text(Comparison.number(x), x, -0.8).size(8);
            }
        }
        if (peers.size() > 1) {
            for (int p = 0; p < peers.size(); p++) {
                double x = left * Math.pow(low / left, (double) p / peers.size());
                axes.text(peers.get(p), x, -0.8, Placement.RIGHT).size(9).color("C" + p);
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            row(axes, i);
        }
        return figure;
    }

    private void row(Axes axes, int i) {
        Row row = rows.get(i);
        axes.text(row.subject().name(), left, i, Placement.RIGHT).size(9);
        double thickness = 0.8 / peers.size();
        for (int p = 0; p < peers.size(); p++) {
            Row.Versus versus = row.peers().get(peers.get(p));
            if (versus == null) {
                continue;
            }
            double top = i - 0.4 + p * thickness;
            double bottom = top + thickness * 0.9;
            double ratio = versus.ratio();
            axes.fill(new double[] {1, ratio, ratio, 1}, new double[] {top, top, bottom, bottom})
                    .color("C" + p);
            double target = peers.get(p).equals(Case.RIVAL) ? row.subject().target() : Double.NaN;
            if (target >= low && target <= high) {
                axes.line(new double[] {target, target}, new double[] {top - 0.05, bottom + 0.05})
                        .color("black")
                        .width(2);
            }
            // Not under the stroke, where that is close.
            double end = target > ratio && target < 1.4 * ratio ? target : ratio;
            Placement side = ratio >= 1 ? Placement.RIGHT : Placement.LEFT;
            axes.text(Comparison.ratio(ratio), ratio >= 1 ? end : ratio, (top + bottom) / 2, side)
                    .size(8);
        }
    }
}
