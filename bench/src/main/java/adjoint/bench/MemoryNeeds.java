package adjoint.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What memory a training needs, of the perceptron and of LeNet with batches of 256: the smallest heap ({@code -Xmx}, found by
 * halving) with which three steps come to their end within a time; the bytes of the graph after the loss is computed, with all
 * that it keeps for the way back; and whether the heap stays as it is over many steps.
 *
 * <p>Wrong: a heap in which the first step succeeds because nothing was to be collected yet; the graph's bytes by what was
 * allocated, most of which is garbage by then.
 */
final class MemoryNeeds implements Benchmark {
    /** With less the JVM itself does not come up. */
    private static final int LEAST = 2;

    private static final int MOST = 1024;
    private static final double FLAT = 0.01;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Result> run(Plan plan) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (String net : new String[] {"mlp", "lenet"}) {
            int steps = plan == Plan.QUICK ? 10 : net.equals("mlp") ? 1000 : 200;
            var lines = Processes.run(Processes.java(List.of(), HeapUse.class, net, steps))
                    .lines();
            String name = net.equals("mlp") ? "MLP step: " : "LeNet step: ";
            results.add(level(name + "smallest -Xmx", smallestHeap(net), "MiB"));
            int looked = lines.size() - 2;
            results.add(level(name + "parameters, gradients and batch", number(lines.get(looked)), "bytes"));
            results.add(
                    level(name + "graph before backward, and what it keeps", number(lines.get(looked + 1)), "bytes"));
            double[] looks = lines.subList(0, looked).stream()
                    .mapToDouble(MemoryNeeds::number)
                    .toArray();
            results.add(Result.level(
                    String.format(Locale.ROOT, "%sheap after each tenth of %,d steps", name, steps),
                    new Spread(looks),
                    "bytes",
                    FLAT));
        }
        return results;
    }

    private static Result level(String name, double value, String unit) {
        return Result.level(name, new Spread(value), unit, Double.NaN);
    }

    private static double number(String line) {
        return Double.parseDouble(line);
    }

    private static int smallestHeap(String net) throws IOException, InterruptedException {
        int tooSmall = LEAST;
        int enough = LEAST;
        while (!fits(net, enough)) {
            tooSmall = enough;
            enough *= 2;
            if (enough > MOST) {
                throw new IOException("bench: a step of " + net + " does not even succeed with -Xmx" + MOST + "m.");
            }
        }
        while (enough - tooSmall > 1) {
            int middle = (tooSmall + enough) / 2;
            if (fits(net, middle)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private static boolean fits(String net, int mebibytes) throws IOException, InterruptedException {
        try {
            Processes.run(Processes.java(List.of("-Xmx" + mebibytes + "m"), HeapUse.class, net, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
