package adjoint.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The same step and the same chains in PyTorch, for comparison on the same machine: {@code peers/torch_peer.py}, which
 * measures as {@link Harness} does and prints its samples. Runs only where {@code --python} names an interpreter that has
 * PyTorch.
 */
final class TorchPeer implements Benchmark {
    private final String python;

    TorchPeer(String python) {
        this.python = python;
    }

    @Override
    public List<Result> run(Harness harness) throws IOException, InterruptedException {
        var script = Processes.root().resolve("bench").resolve("peers").resolve("torch_peer.py");
        Plan plan = harness.plan();
        var outcome = Processes.run(List.of(
                python, script.toString(), "" + plan.warmUp(), "" + plan.sample(), "" + Math.min(plan.samples(), 15)));
        List<Result> results = new ArrayList<>();
        for (String line : outcome.lines()) {
            // name; seconds by the clock, ...; seconds of CPU, ...
            String[] parts = line.split(";");
            results.add(Result.time(parts[0], numbers(parts[1]), numbers(parts[2])));
        }
        return results;
    }

    private static Spread numbers(String list) {
        return new Spread(List.of(list.split(",")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray());
    }
}
