package adjoint.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The regression's step and the chains of numbers in PyTorch from Python, which costs more an operation than from the JVM:
 * {@code peers/torch_peer.py}, which prints its samples. Runs only where {@code --python} names an interpreter that has
 * PyTorch; not by turns, since it is another process.
 */
final class PythonPeer implements Benchmark {
    private final String python;

    PythonPeer(String python) {
        this.python = python;
    }

    @Override
    public String name() {
        return "python";
    }

    @Override
    public List<Result> run(Plan plan) throws IOException, InterruptedException {
        var script = Processes.root().resolve("bench").resolve("peers").resolve("torch_peer.py");
        var outcome = Processes.run(
                List.of(python, script.toString(), "" + plan.warmUp, "" + plan.sample, "" + plan.samples));
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
