package adjoint.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A tensor in words; see {@link Tensor#explain}. */
final class Explanation {
    /** How many operations are listed, nearest first. */
    private static final int LISTED = 12;

    private Explanation() {}

    static String of(Tensor t) {
        List<String> lines = new ArrayList<>();
        lines.add("a " + t.dtype() + " tensor of shape " + t.shape() + ", " + t.numel() + " elements");
        lines.add("layout: " + layout(t));
        if (t instanceof Lifted lifted) {
            lines.add("inside " + lifted.level().transform() + " (level "
                    + lifted.level().depth() + "): it stands for "
                    + (lifted instanceof Examples ? "all examples at once" : "a value that the transform follows"));
        }
        Node node = t.node();
        if (node == null) {
            lines.add("gradient: does not flow: " + whyNot(t));
        } else if (node.isLeaf()) {
            lines.add("gradient: a leaf that requires grad; " + state(t));
        } else {
            made(t, node, lines);
        }
        return String.join("\n", lines);
    }

    private static String layout(Tensor t) {
        String strides = Arrays.toString(t.strides());
        String lie = t.isContiguous() ? "row-major" : "strided";
        if (t.value().overlapsItself()) {
            lie = "expanded: several elements share one place in memory";
        }
        return lie + ", strides " + strides + (t.isView() ? ", a view of another tensor's memory" : "")
                + (t.version() == 0 ? "" : ", changed in place " + t.version() + " times, last by " + t.lastChange());
    }

    private static String state(Tensor t) {
        return t.grad() == null
                ? "grad() is null: no backward has come here since it was cleared. Was backward() called, and does the"
                        + " result depend on this very tensor?"
                : "grad() has been filled by backward";
    }

    private static String whyNot(Tensor t) {
        String cuts = cuts(t);
        if (!cuts.isEmpty()) {
            return "it stops at " + cuts;
        }
        return t.dtype().isFloating()
                ? "nothing it was made of requires grad. Call requiresGrad(true) on a leaf before computing with it"
                : "a " + t.dtype() + " tensor has none, and nothing it was made of requires grad";
    }

    /** What gradients stopped at on the way to this tensor. */
    private static String cuts(Tensor t) {
        List<String> cuts = new ArrayList<>();
        if (t.isCut(Tensor.DETACHED)) {
            cuts.add("detach() or data()");
        }
        if (t.isCut(Tensor.UNRECORDED)) {
            cuts.add("noGrad: an operation was not recorded");
        }
        if (t.isCut(Tensor.DISCRETE)) {
            cuts.add("an operation whose result is integers or truth values");
        }
        return String.join(", and at ", cuts);
    }

    private static void made(Tensor t, Node made, List<String> lines) {
        Deque<Node> waiting = new ArrayDeque<>(List.of(made));
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(made);
        List<Node> leaves = new ArrayList<>();
        int operations = 0;
        List<String> listed = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Node node = waiting.poll();
            if (node.isLeaf()) {
                leaves.add(node);
                continue;
            }
            if (operations++ < LISTED) {
                listed.add("  " + operation(node));
            }
            for (Node edge : node.edges) {
                if (edge != null && seen.add(edge)) {
                    waiting.add(edge);
                }
            }
        }
        lines.add("gradient: flows, through " + operations + (operations == 1 ? " operation" : " operations") + " to "
                + leaves.size() + (leaves.size() == 1 ? " leaf" : " leaves"));
        for (Node leaf : leaves) {
            lines.add("  leaf of shape " + leaf.shape
                    + (leaf.retained().grad() == null ? ", grad() null" : ", grad() filled"));
        }
        String cuts = cuts(t);
        if (!cuts.isEmpty()) {
            lines.add("  but not to all it was made of: some of it stops at " + cuts);
        }
        lines.add("grad() of this tensor itself: "
                + (t.grad() != null
                        ? "filled"
                        : made.retained() == t
                                ? "null, no backward yet"
                                : "not kept; call retainGrad() before backward()"));
        lines.add("made by, nearest first:");
        lines.addAll(listed);
        if (operations > LISTED) {
            lines.add("  … and " + (operations - LISTED) + " more");
        }
    }

    private static String operation(Node node) {
        var text = new StringBuilder(node.name())
                .append(" of shape ")
                .append(node.shape)
                .append(" from ");
        for (int i = 0; i < node.edges.length; i++) {
            Node edge = node.edges[i];
            text.append(i == 0 ? "" : ", ")
                    .append(
                            edge == null
                                    ? "a value without gradient"
                                    : (edge.isLeaf() ? "a leaf" : edge.name()) + " " + edge.shape);
        }
        return text.append(node.madeAt().isEmpty() ? "" : node.madeAt().replaceAll(",$", ""))
                .toString();
    }
}
