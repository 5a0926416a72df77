package adjoint.tensor;

import adjoint.op.Op;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One recorded operation: what made a tensor, from which nodes, and the values its derivative needs. A node without
 * an operation stands for a leaf: a tensor of the user's whose gradient is wanted.
 */
final class Node implements Op.Saved {
    private static final Tensor[] RELEASED = {};

    final Op op; // null for a leaf
    final Node[] edges; // null where no gradient is wanted
    final long order; // greater than that of every node this one depends on
    final Shape shape;
    final DType dtype;
    private Tensor[] saved; // the inputs that are kept, then the result
    private int[] versions; // of what is saved; null as long as all are 0
    private Notes notes; // null for most

    /** A leaf. */
    Node(Tensor leaf) {
        this.op = null;
        this.edges = new Node[0];
        this.order = 0;
        this.shape = leaf.shape();
        this.dtype = leaf.dtype();
        retain(leaf);
    }

    /** A recorded operation on inputs made by {@code edges}. */
    Node(Op op, Node[] edges, long order, Shape shape, DType dtype) {
        this.op = op;
        this.edges = edges;
        this.order = order;
        this.shape = shape;
        this.dtype = dtype;
    }

    /** Which values the derivative reads, as {@link Op#keeps} says. */
    long keeps() {
        long needs = 0;
        for (int i = 0; i < edges.length && i < Long.SIZE - 2; i++) {
            needs |= edges[i] == null ? 0 : 1L << i;
        }
        return op.keeps(needs);
    }

    void saveInputs(long keeps, Tensor[] in) {
        if ((keeps & ~Op.RESULT) != 0) {
            for (int i = 0; i < in.length && i < Long.SIZE - 2; i++) {
                if ((keeps >> i & 1) == 1) {
                    save(i, in[i]);
                }
            }
        }
    }

    void saveOutput(long keeps, Tensor out) {
        if ((keeps & Op.RESULT) != 0) {
            save(edges.length, out);
        }
    }

    void saveInputs(long keeps, Tensor a, Tensor b) {
        if ((keeps & 1) != 0) {
            save(0, a);
        }
        if ((keeps & 2) != 0) {
            save(1, b);
        }
    }

    private void save(int slot, Tensor t) {
        if (saved == null) {
            saved = new Tensor[edges.length + 1];
        }
        saved[slot] = t;
        int version = t.version();
        if (version != 0) {
            if (versions == null) {
                versions = new int[edges.length + 1];
            }
            versions[slot] = version;
        }
    }

    @Override
    public Tensor input(int i) {
        return unpack(i);
    }

    @Override
    public Tensor output() {
        return unpack(edges.length);
    }

    private Tensor unpack(int slot) {
        if (saved == RELEASED) {
            throw released();
        }
        Tensor t = saved[slot];
        int version = versions == null ? 0 : versions[slot];
        if (t.version() != version) {
            throw changed(slot, t, version);
        }
        return t;
    }

    // Errors are made in methods of their own: what every backward goes through stays small enough to be inlined.

    private GraphException released() {
        return new GraphException("backward through " + name() + madeAt()
                + ": the values it saved were released by an earlier backward. Give that one"
                + " GraphOption.RETAIN_GRAPH, or compute the result again.");
    }

    private GraphException changed(int slot, Tensor t, int version) {
        String what = slot == edges.length ? "the result" : "input " + (slot + 1);
        return new GraphException("backward through " + name() + madeAt() + ": " + what + ", of shape " + t.shape()
                + ", is needed for the derivative but was changed in place after it was saved (version "
                + t.version() + ", saved at " + version + "; last changed by " + t.lastChange()
                + " in place). Use the form that makes a new tensor, or clone() before changing it.");
    }

    /** Lets go of what was saved. */
    void release() {
        if (saved != null) {
            saved = RELEASED;
            versions = null;
        }
    }

    /** Whether {@code t} is among the saved values. */
    boolean holds(Tensor t) {
        if (saved != null) {
            for (Tensor s : saved) {
                if (s != null && s.sharesMemory(t)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isLeaf() {
        return op == null;
    }

    /** The name printed as {@code grad_fn}. */
    String name() {
        return notes != null && notes.label != null ? notes.label : isLeaf() ? "AccumulateGrad" : op.gradName();
    }

    void label(String name) {
        notes().label = name;
    }

    /** Remembers the line of the program that is being run. */
    Node traced() {
        notes().place = Traces.line();
        return this;
    }

    /** Where in the program it was made, as the end of a sentence; empty where that was not asked for. */
    String madeAt() {
        return notes == null || notes.place == null ? "" : ", made at " + notes.place + ",";
    }

    /** What few nodes have; a class of its own keeps the others small. */
    private static final class Notes {
        private String label;
        private String place; // in the user's program, where that is asked for
        private List<UnaryOperator<Tensor>> hooks = List.of();
        private Tensor retained; // the tensor that keeps its gradient: a leaf itself
    }

    private Notes notes() {
        if (notes == null) {
            notes = new Notes();
        }
        return notes;
    }

    /** Has a function look at the gradient, and change it if it gives another, after those that are there. */
    synchronized void hook(UnaryOperator<Tensor> hook) {
        List<UnaryOperator<Tensor>> hooks = new ArrayList<>(notes().hooks);
        hooks.add(hook);
        notes.hooks = List.copyOf(hooks);
    }

    synchronized void unhook(UnaryOperator<Tensor> hook) {
        List<UnaryOperator<Tensor>> hooks = new ArrayList<>(notes().hooks);
        hooks.removeIf(h -> h == hook);
        notes.hooks = List.copyOf(hooks);
    }

    /** Whether functions look at the gradient. */
    boolean isHooked() {
        return notes != null && !notes.hooks.isEmpty();
    }

    /** The gradient after all hooks. */
    Tensor hooked(Tensor gradient) {
        return notes == null ? gradient : afterHooks(gradient);
    }

    private Tensor afterHooks(Tensor gradient) {
        Tensor g = gradient;
        for (UnaryOperator<Tensor> hook : notes.hooks) {
            Tensor other = hook.apply(g);
            if (other != null) {
                checkGradient(other);
                g = other;
            }
        }
        return g;
    }

    /** Asks for the gradient of the tensor this node made to be kept in it; null: no longer. */
    final void retain(Tensor t) {
        notes().retained = t;
    }

    /** The tensor that keeps its gradient, or null. */
    Tensor retained() {
        return notes == null ? null : notes.retained;
    }

    void checkGradient(Tensor g) {
        checkGradient(g, shape, dtype);
    }

    static void checkGradient(Tensor g, Shape shape, DType dtype) {
        if (!g.shape().equals(shape)) {
            throw new adjoint.types.ShapeException("backward: a gradient of shape " + g.shape()
                    + " for a tensor of shape " + shape + ": they differ. Give one of the tensor's shape.");
        }
        if (g.dtype() != dtype) {
            throw new DTypeException("backward: a " + g.dtype() + " gradient for a " + dtype
                    + " tensor: the types differ. Convert it with to(...).");
        }
    }
}
