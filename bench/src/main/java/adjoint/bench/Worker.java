package adjoint.bench;

import adjoint.Adjoint;
import adjoint.bench.work.Peer;
import adjoint.bench.work.Task;
import adjoint.bench.work.Work;
import adjoint.bench.work.Works;
import adjoint.tensor.Tensor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The process that measures: some cases, alone or by turns with one peer, a line each. */
final class Worker {
    /** In place of a peer's name. */
    static final String ALONE = "-";

    private final Harness harness;
    private final Peer peer;

    private Worker(Harness harness, Peer peer) {
        this.harness = harness;
        this.peer = peer;
    }

    /** Between a case's name and a number of threads. */
    static final String WITH = "@";

    /** Arguments: the peer or {@link #ALONE}, the plan, then cases, each with a number of threads. */
    public static void main(String[] args) {
        // Libraries may write to System.out what they like; the lines go out beside that.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        endWithParent();
        Peer peer = args[0].equals(ALONE) ? null : peer(args[0]);
        if (peer != null) {
            out.println("version\t" + peer.version());
        }
        var worker = new Worker(new Harness(Plan.valueOf(args[1])), peer);
        for (String one : List.of(args).subList(2, args.length)) {
            String[] parts = one.split(WITH);
            worker.setThreads(Integer.parseInt(parts[1]));
            out.println(worker.measured(parts[0]).line());
        }
        out.flush();
        // Threads of native libraries do not keep it.
        Runtime.getRuntime().halt(0);
    }

    static Peer peer(String name) {
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
        }
        throw new IllegalStateException("bench: there is no peer " + name + " on the class path.");
    }

    /** The other end of standard input is the parent's: it closes when the parent is gone, however that came. */
    private static void endWithParent() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is said there.
                }
            } catch (IOException e) {
                // As good as its end.
            }
            Runtime.getRuntime().halt(1);
        });
    }

    private void setThreads(int threads) {
        Adjoint.threads(threads);
        if (peer != null) {
            peer.threads(threads);
        }
    }

    private Measured measured(String name) {
        try {
            return measure(Works.named(name));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return Measured.failed(name, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Measured measure(Work work) {
        Map<String, Tensor> inputs = work.inputs();
        if (peer == null) {
            try (Task ours = work.ours(inputs)) {
                var times = harness.alone(ours).each(work.calls());
                return new Measured(
                        work.name(), times.seconds(), new double[0], times.bytes(), Double.NaN, times.settled(), "");
            }
        }
        try (Task theirs = peer.prepare(work, inputs)) {
            if (theirs == null) {
                return new Measured(work.name(), new double[0], new double[0], Double.NaN, Double.NaN, true, "");
            }
            try (Task ours = work.ours(inputs)) {
                double difference = Agreement.difference(ours.numbers(), theirs.numbers());
                // Negated, so that NaN is refused too.
                if (!(difference <= work.tolerance())) {
                    return Measured.failed(
                            work.name(),
                            "results differ by %.1e of the largest number, and %.0e is allowed"
                                    .formatted(difference, work.tolerance()));
                }
                var times = harness.byTurns(ours, theirs);
                var mine = times[0].each(work.calls());
                return new Measured(
                        work.name(),
                        mine.seconds(),
                        times[1].each(work.calls()).seconds(),
                        mine.bytes(),
                        difference,
                        mine.settled(),
                        "");
            }
        }
    }
}
