package adjoint.bench;

import adjoint.bench.work.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was found out about a case. */
final class Row {
    private final Case subject;
    private final List<Double> ours = new ArrayList<>();
    private final Map<String, Versus> peers = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private double bytes = Double.NaN;
    private boolean refused;
    private boolean settled = true;

    Row(Case subject) {
        this.subject = subject;
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

    Case subject() {
        return subject;
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
        return subject.isPromised() && peers.containsKey(Case.RIVAL);
    }

    /** Whether it was kept. */
    boolean isMet() {
        return isJudged() && peers.get(Case.RIVAL).ratio() >= subject.target();
    }

    /** What part of its time the machine would need at least. */
    double partOfLimit(Roof roof) {
        return roof.seconds(subject.work().cost()) / ours().median();
    }
}
