package adjoint.bench;

import adjoint.bench.work.Case;
import adjoint.plot.Axes;
import adjoint.plot.Figure;
import adjoint.plot.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ratios as bars on a logarithmic axis: to the right of 1 where Adjoint is faster, to the left where the peer is. A black
 * stroke stands where libtorch's ratio should be at least.
 */
final class RatioChart {
    private static final int WIDTH = 900;
    /** How high a case is that has one bar; each further bar adds a half of it. */
    private static final int BAR = 18;

    private static final double[] LINES = {0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000};

    /** The bars of a case: a peer with a number of threads. */
    private record Series(String peer, int threads) {
        String label(boolean withPeer) {
            return (withPeer ? peer + ", " : "") + threads + (threads == 1 ? " thread" : " threads");
        }
    }

    private final List<Row> rows;
    private final List<String> names;
    private final List<Series> series = new ArrayList<>();
    private final double low;
    private final double high;
    /** Where names begin: they take two fifths of the width. */
    private final double left;

    private RatioChart(List<Row> rows, List<String> peers, List<Integer> threads) {
        this.rows = rows;
        names = rows.stream().map(row -> row.subject().name()).distinct().toList();
        for (String peer : peers) {
            threads.forEach(n -> series.add(new Series(peer, n)));
        }
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
    static void save(List<Row> rows, List<String> peers, List<Integer> threads, Path file) {
        List<Row> compared = rows.stream().filter(r -> !r.peers().isEmpty()).toList();
        if (!compared.isEmpty()) {
            new RatioChart(compared, peers, threads).figure().save(file);
        }
    }

    private Figure figure() {
        int height = BAR / 2 * (series.size() + 1);
        Figure figure = Figure.grid(1, 1).size(WIDTH, 110 + height * names.size());
        Axes axes = figure.at(0, 0)
                .noAxes()
                .logX()
                .xLimits(left, high)
                .yLimits(names.size(), -2)
                .title("Time of " + (one() ? series.getFirst().peer() : "a peer") + " ÷ time of Adjoint"
                        + (series.size() == 1 ? ", " + series.getFirst().label(false) : ""));
        for (double x : LINES) {
            if (x >= low && x <= high) {
                axes.vLine(x).opacity(x == 1 ? 1 : 0.4);
                axes.text(Comparison.number(x), x, -0.8).size(8);
            }
        }
        for (int i = 0; series.size() > 1 && i < series.size(); i++) {
            double x = left * Math.pow(high / left, 0.2 * i);
            axes.text("■ " + series.get(i).label(!one()), x, -1.6, Placement.RIGHT)
                    .size(9)
                    .color("C" + i);
        }
        for (int i = 0; i < names.size(); i++) {
            axes.text(names.get(i), left, i, Placement.RIGHT).size(9);
            for (Row row : rows) {
                if (row.subject().name().equals(names.get(i))) {
                    bars(axes, row, i);
                }
            }
        }
        return figure;
    }

    /** Whether there is one peer only. */
    private boolean one() {
        return series.stream().map(Series::peer).distinct().count() == 1;
    }

    private void bars(Axes axes, Row row, int place) {
        double thickness = 0.8 / series.size();
        row.peers().forEach((peer, versus) -> {
            int s = series.indexOf(new Series(peer, row.threads()));
            double top = place - 0.4 + s * thickness;
            double bottom = top + thickness * 0.9;
            double ratio = versus.ratio();
            axes.fill(new double[] {1, ratio, ratio, 1}, new double[] {top, top, bottom, bottom})
                    .color("C" + s);
            double target = peer.equals(Case.RIVAL) ? row.subject().target() : Double.NaN;
            if (target >= low && target <= high) {
                axes.line(new double[] {target, target}, new double[] {top - 0.05, bottom + 0.05})
                        .color("black")
                        .width(2);
            }
            // Not under the stroke, where that is close.
            double end = target > ratio && target < 1.4 * ratio ? target : ratio;
            Placement side = ratio >= 1 ? Placement.RIGHT : Placement.LEFT;
            axes.text(Comparison.ratio(ratio), ratio >= 1 ? end : ratio, (top + bottom) / 2, side)
                    .size(series.size() == 1 ? 8 : 7);
        });
    }
}
