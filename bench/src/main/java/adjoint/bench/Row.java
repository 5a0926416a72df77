package adjoint.bench;

import adjoint.bench.work.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was found out about a case with so many threads. */
final class Row {
    private final Case subject;
    private final int threads;
    private final List<Double> ours = new ArrayList<>();
    private final Map<String, Versus> peers = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private double bytes = Double.NaN;
    private double scalar = Double.NaN;
    private boolean refused;
    private boolean settled = true;

    Row(Case subject, int threads) {
        this.subject = subject;
        this.threads = threads;
    }

    /**
     * A peer's times.
     *
     * @param seconds a call
     * @param ratio its median over ours, as measured by turns with it
     * @param difference how far its numbers are from ours
     */
    record Versus(Spread seconds, double ratio, double difference) {}

    /** Adds what a process with this peer, or with none, has found. */
    void add(String peer, Measured measured) {
        if (!measured.problem().isEmpty()) {
            refused = true;
            notes.add((peer.equals(Worker.ALONE) ? "" : "with " + peer + ": ") + measured.problem());
            return;
        }
        for (double seconds : measured.ours()) {
            ours.add(seconds);
        }
        if (measured.ours().length > 0) {
            bytes = measured.bytes();
        }
        if (measured.theirs().length > 0) {
            var theirs = new Spread(measured.theirs());
            peers.put(
                    peer,
                    new Versus(theirs, theirs.median() / new Spread(measured.ours()).median(), measured.difference()));
        }
        settled &= measured.settled();
    }

    /** Adds what a process without the vector module has found. */
    void addScalar(Measured measured) {
        if (measured.problem().isEmpty()) {
            scalar = new Spread(measured.ours()).median();
        } else {
            refused = true;
            notes.add("without vectors: " + measured.problem());
        }
    }

    Case subject() {
        return subject;
    }

    int threads() {
        return threads;
    }

    /** Seconds a call without the vector module; NaN if that was not measured. */
    double scalar() {
        return scalar;
    }

    /** How many times as long that is. */
    double slowdown() {
        return isMeasured() ? scalar / ours().median() : Double.NaN;
    }

    /** Whether medians stood still before samples were taken, in all processes. */
    boolean isSettled() {
        return settled;
    }

    /** Whether something went wrong, so that a figure is missing that was asked for. */
    boolean isRefused() {
        return refused;
    }

    /** Whether no process has found anything out about it, not even that it can't be measured. */
    boolean isUntouched() {
        return ours.isEmpty() && !refused;
    }

    boolean isMeasured() {
        return !ours.isEmpty();
    }

    /** Seconds a call, of all processes; there are some if it {@link #isMeasured}. */
    Spread ours() {
        return new Spread(ours.stream().mapToDouble(Double::doubleValue).toArray());
    }

    double bytes() {
        return bytes;
    }

    Map<String, Versus> peers() {
        return peers;
    }

    List<String> notes() {
        return notes;
    }

    /** Whether something was promised that this can tell. */
    boolean isJudged() {
        return subject.isTimed() ? isMeasured() : subject.isPromised() && peers.containsKey(Case.RIVAL);
    }

    /** Whether it was kept. */
    boolean isMet() {
        return isJudged()
                && (subject.isTimed()
                        ? ours().median() <= subject.seconds()
                        : peers.get(Case.RIVAL).ratio() >= subject.target());
    }
}
