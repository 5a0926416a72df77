package adjoint.tensor;

import adjoint.codegen.Formula;
import adjoint.codegen.Update;
import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.op.Binary;
import adjoint.op.Elementwise;
import adjoint.op.IndexPut;
import adjoint.op.Op;
import adjoint.op.Part;
import adjoint.op.ViewOp;
import adjoint.op.ViewScatter;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The gate: every operation on tensors passes through here. It computes the result at once and, where an input
 * requires grad and recording is on, adds a node to the graph that {@code backward} goes through.
 *
 * <p>An operation that writes in place is the same operation with another place for its result. The tensor written to
 * gets a new node; if it is a view, so does its base, whose node says that a part was replaced.
 */
public final class Engine {
    /** Elements from which new memory costs more than to look whether there is some. */
    private static final int LARGE = 4096;

    private Engine() {}

    /** Runs an operation and records it where a gradient may be wanted. */
    public static Tensor run(Op op, Tensor... in) {
        Level level = Level.of(in);
        return level == null ? runPlain(op, in) : level.run(op, in);
    }

    private static Tensor runPlain(Op op, Tensor[] in) {
        Strided[] values = new Strided[in.length];
        Node[] edges = edges(in, values);
        Tensor out = new Tensor(evaluate(op, values));
        out.inherit(in);
        if (edges != null) {
            record(op, edges, in, out, out);
        }
        return out;
    }

    /** Instead of the nodes of inputs that have some, while nothing is recorded. */
    private static final Node[] OFF = {};

    /** Takes the inputs' numbers into {@code values}; gives their nodes, null where they have none. */
    private static Node[] edges(Tensor[] in, Strided[] values) {
        Node[] edges = null;
        boolean recording = true;
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i].value();
            Node edge = recording ? in[i].node() : null;
            if (edge != null) {
                if (edges == null) {
                    recording = GradMode.current().recordsPlain();
                    edges = recording ? new Node[in.length] : OFF;
                }
                if (recording) {
                    edges[i] = edge;
                }
            }
        }
        return edges;
    }

    /** Gives {@code made}, which stands for the result {@code out} of inputs {@code in}, its node. */
    static void record(Op op, Node[] edges, Tensor[] in, Tensor out, Tensor made) {
        if (edges == OFF) {
            made.cut(Tensor.UNRECORDED);
        } else if (!out.dtype().isFloating()) {
            made.cut(Tensor.DISCRETE);
        } else {
            GradMode mode = GradMode.current();
            Node node = new Node(op, edges, mode.next(order(edges)), out.shape(), out.dtype());
            if (mode.anomaly) {
                node.traced();
            }
            long keeps = node.keeps();
            node.saveInputs(keeps, in);
            made.node(node);
            node.saveOutput(keeps, out);
        }
    }

    private static Strided evaluate(Op op, Strided[] values) {
        try {
            // Nearly all are elementwise; a call of a known class is cheaper than one through the interface.
            return op instanceof Elementwise e ? e.evaluate(values) : op.evaluate(values);
        } catch (OutOfMemoryError e) {
            var named = new OutOfMemoryError(op.opName() + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    /** Runs the operation of a row. */
    public static Tensor run(Elementwise.Row row, Tensor... in) {
        return run(row.op(), in);
    }

    /** Runs a formula with its numbers, elementwise. */
    public static Tensor run(Formula formula, double[] numbers, Tensor... in) {
        Level level = Level.of(in);
        if (level != null) {
            return level.run(new Elementwise(formula, numbers), in);
        }
        Strided[] values = new Strided[in.length];
        Node[] edges = edges(in, values);
        Tensor out = new Tensor(formula.evaluate(numbers, values));
        out.inherit(in);
        if (edges != null) {
            record(new Elementwise(formula, numbers), edges, in, out, out);
        }
        return out;
    }

    /** Runs the operation of a row on two operands. */
    public static Tensor run(Elementwise.Row row, Tensor a, Tensor b) {
        return run(row.op(), a, b);
    }

    /** Runs an elementwise operation on two operands. */
    public static Tensor run(Elementwise op, Tensor a, Tensor b) {
        Strided value = a instanceof Lifted || b instanceof Lifted ? null : op.evaluateShort(a.value(), b.value());
        return value == null ? run(op, new Tensor[] {a, b}) : made(op, value, a, b);
    }

    /** Runs an elementwise operation on one operand. */
    public static Tensor run(Elementwise op, Tensor a) {
        Strided value = a instanceof Lifted ? null : op.evaluateShort(a.value());
        return value == null ? run(op, new Tensor[] {a}) : made(op, value, a);
    }

    /** Runs a formula with its numbers, elementwise, on two operands. */
    public static Tensor run(Formula formula, double[] numbers, Tensor a, Tensor b) {
        Strided value = a instanceof Lifted || b instanceof Lifted
                ? null
                : formula.evaluateShort(numbers, a.value(), b.value());
        if (value == null) {
            return run(formula, numbers, new Tensor[] {a, b});
        }
        boolean recorded = a.node() != null || b.node() != null;
        return recorded ? made(new Elementwise(formula, numbers), value, a, b) : new Tensor(value, a, b);
    }

    // Small operations cost what they allocate and how many calls are not inlined: those on one or two short plain
    // tensors have a way without arrays for their operands.

    private static Tensor made(Elementwise op, Strided value, Tensor a, Tensor b) {
        Tensor out = new Tensor(value, a, b);
        Node x = a.node();
        Node y = b.node();
        if (x != null || y != null) {
            record(op, out, a, b, x, y);
        }
        return out;
    }

    private static void record(Elementwise op, Tensor out, Tensor a, Tensor b, Node x, Node y) {
        GradMode mode = GradMode.current();
        if (records(mode, out)) {
            long order = Math.max(x == null ? 0 : x.order, y == null ? 0 : y.order);
            Node node = new Node(op, new Node[] {x, y}, mode.next(order), out.shape(), out.dtype());
            long keeps = op.keeps((x == null ? 0 : 1) | (y == null ? 0 : 2));
            node.saveInputs(keeps, a, b);
            out.node(mode.anomaly ? node.traced() : node);
            node.saveOutput(keeps, out);
        }
    }

    private static Tensor made(Elementwise op, Strided value, Tensor a) {
        Tensor out = new Tensor(value, a, a);
        Node x = a.node();
        if (x != null) {
            record(op, out, a, x);
        }
        return out;
    }

    private static void record(Elementwise op, Tensor out, Tensor a, Node x) {
        GradMode mode = GradMode.current();
        if (records(mode, out)) {
            Node node = new Node(op, new Node[] {x}, mode.next(x.order), out.shape(), out.dtype());
            long keeps = op.keeps(1);
            node.saveInputs(keeps & 1, a, a);
            out.node(mode.anomaly ? node.traced() : node);
            node.saveOutput(keeps, out);
        }
    }

    /** Whether a result of tensors of which one has a node gets one too; if not it is marked with the reason. */
    private static boolean records(GradMode mode, Tensor out) {
        boolean records = mode.recordsPlain() && out.dtype().isFloating();
        if (!records) {
            out.cut(mode.recordsPlain() ? Tensor.DISCRETE : Tensor.UNRECORDED);
        }
        return records;
    }

    static long order(Node[] edges) {
        long order = 0;
        for (Node edge : edges) {
            if (edge != null && edge.order > order) {
                order = edge.order;
            }
        }
        return order;
    }

    /**
     * Gives the operation that made a tensor the name PyTorch prints for the composite that it ends.
     *
     * @return the tensor
     */
    public static Tensor named(Tensor made, String gradName) {
        return made.named(gradName);
    }

    /** Makes a view: a tensor that shares the input's memory, and changes with it. */
    public static Tensor view(ViewOp op, Tensor in) {
        Level level = Level.of(in);
        if (level != null) {
            return level.view(op, in);
        }
        GradMode mode = GradMode.current();
        boolean recording = mode.recordsPlain();
        Tensor out = new Tensor(op.evaluate(in.value()), new View(in, op, recording, in.version()));
        out.inherit(in);
        if (recording) {
            recordView(op, in, out, mode);
        }
        return out;
    }

    static void recordView(ViewOp op, Tensor in, Tensor made, GradMode mode) {
        Node node = mode.enabled ? in.node() : null;
        if (node != null) {
            Node[] edges = {node};
            Node recorded = new Node(op, edges, mode.next(node.order), made.shape(), made.dtype());
            made.node(mode.anomaly ? recorded.traced() : recorded);
        }
    }

    /** A new tensor of numbers that no other tensor holds. */
    static Tensor made(Strided value) {
        Level level = GradMode.current().level;
        return level == null ? new Tensor(value) : level.made(value);
    }

    /** A new tensor of random numbers, which {@code draw} draws. */
    static Tensor random(Supplier<Strided> draw) {
        Level level = GradMode.current().level;
        return level == null ? new Tensor(draw.get()) : level.random(() -> random(draw));
    }

    /** A new tensor of random numbers whose distributions the numbers of {@code in} decide. */
    static Tensor random(Tensor in, UnaryOperator<Strided> draw) {
        Level.of(in); // which has to be open
        Level level = GradMode.current().level;
        return level == null ? new Tensor(draw.apply(in.value())) : level.random(in, draw);
    }

    /** Makes the nodes of a view, and of those it is a view of, anew where the memory was written to since. */
    static void renew(Tensor tensor) {
        Deque<Tensor> stale = new ArrayDeque<>();
        for (Tensor t = tensor; t.isStale(); t = t.view().parent) {
            stale.push(t);
        }
        for (Tensor t : stale) {
            Node parent = t.view().parent.node();
            t.renewed(
                    parent == null
                            ? null
                            : new Node(
                                    t.view().op,
                                    new Node[] {parent},
                                    GradMode.current().next(parent.order),
                                    t.shape(),
                                    t.dtype()));
        }
    }

    /**
     * Runs an elementwise operation whose result replaces its first input.
     *
     * @return the first input
     * @throws GraphException if it is a leaf that requires grad, or a view of one
     * @throws ShapeException if the result does not fit
     * @throws DTypeException if the result's type would lose its kind (a fraction into integers)
     */
    public static Tensor runInPlace(Elementwise op, Tensor... in) {
        Level level = Level.of(in);
        return level == null ? runPlainInPlace(op, in) : level.runInPlace(op, in);
    }

    // Small, so that it is inlined where gradients are added up.
    private static Tensor runPlainInPlace(Elementwise op, Tensor[] in) {
        Tensor target = in[0];
        GradMode mode = checkWritable(op.opName(), target);
        Strided[] values = new Strided[in.length];
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i].value();
        }
        Node[] edges = mode.recordsPlain() && target.dtype().isFloating() ? edges(in) : null;
        if (edges != null) {
            recordInPlace(op, in, values, edges, mode);
        } else {
            op.evaluateInto(target.value(), values);
            touch(target, op.opName(), mode);
        }
        return target;
    }

    private static Node[] edges(Tensor[] in) {
        Node[] edges = null;
        for (int i = 0; i < in.length; i++) {
            Node edge = in[i].node();
            if (edge != null) {
                edges = edges == null ? new Node[in.length] : edges;
                edges[i] = edge;
            }
        }
        return edges;
    }

    private static void recordInPlace(Elementwise op, Tensor[] in, Strided[] values, Node[] edges, GradMode mode) {
        Tensor target = in[0];
        Node node = new Node(op, edges, mode.next(order(edges)), target.shape(), target.dtype());
        if (mode.anomaly) {
            node.traced();
        }
        long keeps = node.keeps();
        node.saveInputs(keeps, (keeps & 1) == 1 ? withOldValue(in) : in);
        op.evaluateInto(target.value(), values);
        touch(target, op.opName(), mode);
        rebase(target, node, mode);
        node.saveOutput(keeps, target);
    }

    /** Computes a formula into the memory of a tensor that nobody else reads yet; it is neither recorded nor counted. */
    public static void runInto(Formula formula, double[] numbers, Tensor out, Tensor... in) {
        Strided[] values = new Strided[in.length];
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i].value();
        }
        formula.evaluateInto(out.value(), numbers, values);
    }

    /** The same of two operands. */
    public static void runInto(Formula formula, double[] numbers, Tensor out, Tensor a, Tensor b) {
        if (!formula.evaluateShortInto(out.value(), numbers, a.value(), b.value())) {
            runInto(formula, numbers, out, new Tensor[] {a, b});
        }
    }

    /** Computes a formula of a sum, which nobody else reads yet, and two operands into the sum. */
    public static void accumulate(Formula formula, double[] numbers, Tensor sum, Tensor a, Tensor b) {
        if (sum instanceof Lifted
                || a instanceof Lifted
                || b instanceof Lifted
                || !formula.accumulateShort(sum.value(), numbers, a.value(), b.value())) {
            runInPlace(formula, numbers, sum, a, b);
        }
    }

    /** Runs the operation of a row in place. */
    public static Tensor runInPlace(Elementwise.Row row, Tensor... in) {
        return runInPlace(row.op(), in);
    }

    /**
     * The sum of two tensors the first of which was just made and is known to the caller alone: where that is large, its
     * memory takes the sum.
     */
    public static Tensor addOnto(Tensor fresh, Tensor other) {
        boolean pays = fresh.numel() >= LARGE && fresh.view() == null && fresh.dtype() == other.dtype();
        if (!pays
                || Level.of(new Tensor[] {fresh, other}) != null
                || !fresh.shape().equals(Shape.broadcast(fresh.shape(), other.shape()))) {
            return fresh.add(other);
        }
        return runInPlace(Binary.ADD, fresh, other);
    }

    /** Runs a formula with its numbers, elementwise; the result replaces the first input. */
    public static Tensor runInPlace(Formula formula, double[] numbers, Tensor... in) {
        return runInPlace(new Elementwise(formula, numbers), in);
    }

    /**
     * Replaces the first inputs by formulas of all inputs, in one pass over memory.
     *
     * @throws GraphException if one to be replaced is a leaf that requires grad while this thread records
     * @throws ShapeException if the shapes differ, or elements of one to be replaced share their place in memory
     * @throws DTypeException if the inputs are not of one floating-point type
     */
    public static void update(Update update, double[] numbers, Tensor... in) {
        checkAlike(update.name(), in);
        GradMode mode = null;
        for (int i = 0; i < update.results(); i++) {
            mode = checkWritable(update.name(), in[i]);
        }
        if (Level.of(in) != null || mode.recordsPlain() && edges(in) != null) {
            updateOneByOne(update, numbers, in);
            return;
        }
        Strided[] values = new Strided[in.length];
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i].value();
        }
        update.run(numbers, values);
        for (int i = 0; i < update.results(); i++) {
            touch(in[i], update.name(), mode);
        }
    }

    private static void checkAlike(String operation, Tensor[] in) {
        Tensor first = in[0];
        for (Tensor t : in) {
            if (t.shape() != first.shape() && !t.shape().equals(first.shape())) {
                throw new ShapeException(operation + ": " + first.shape() + " and " + t.shape()
                        + ": an update takes operands of one shape. Expand or reshape one of them.");
            }
            if (t.dtype() != first.dtype() || !t.dtype().isFloating()) {
                throw new DTypeException(operation + ": " + first.dtype() + " and " + t.dtype()
                        + ": an update takes operands of one floating-point type. Convert them with to(...).");
            }
        }
    }

    /** The same through operations that transforms and the graph know. */
    private static void updateOneByOne(Update update, double[] numbers, Tensor[] in) {
        Tensor[] results = new Tensor[update.results()];
        Tensor[] old = in.clone();
        for (int i = 0; i < results.length; i++) {
            old[i] = in[i].clone(); // derivatives may need the values that are about to be overwritten
        }
        for (int i = 0; i < results.length; i++) {
            results[i] = run(update.result(i), numbers, old);
        }
        for (int i = 0; i < results.length; i++) {
            runInPlace(Binary.COPY, in[i], results[i]);
        }
    }

    /** The inputs with a copy of the target, whose value the derivative needs and which is about to be overwritten. */
    private static Tensor[] withOldValue(Tensor[] in) {
        Tensor old = new Tensor(Copy.of(in[0].value(), in[0].dtype()));
        old.node(in[0].node());
        Tensor[] kept = in.clone();
        kept[0] = old;
        return kept;
    }

    /** Writes values, broadcast and converted, into a tensor: {@code copy_} in PyTorch. */
    public static Tensor assign(Tensor target, Tensor values) {
        if (!target.shape().equals(Shape.broadcast(target.shape(), values.shape()))) {
            throw new ShapeException("copy in place: " + values.shape() + " into " + target.shape()
                    + ": the values do not broadcast to the target. Reshape them.");
        }
        if (target.dtype().isFloating()) {
            return runInPlace(Binary.COPY, target, values.to(target.dtype()));
        }
        Level level = Level.of(new Tensor[] {target, values});
        if (level != null) {
            level.assign(target, values);
            return target;
        }
        checkWritable("copy", target);
        Strided from = values.value();
        Copy.into(target.value(), from.array() == target.value().array() ? Copy.of(from, from.dtype()) : from);
        touch(target, "copy");
        return target;
    }

    /** Writes raw numbers of the target's shape, which do not depend on anything recorded, into it. */
    static Tensor overwrite(String operation, Tensor target, Supplier<Strided> draw) {
        if (target instanceof Lifted) {
            return assign(target, random(draw));
        }
        GradMode mode = checkWritable(operation, target);
        Strided values = draw.get();
        if (target.node() != null && mode.recordsPlain()) {
            return assign(target, new Tensor(values));
        }
        Copy.into(target.value(), values);
        touch(target, operation);
        return target;
    }

    /** Writes at computed positions straight into the target's memory; only where nothing has to be recorded. */
    static void overwritePart(IndexPut op, Tensor target, Tensor[] in) {
        checkWritable(op.opName(), target);
        Strided[] values = new Strided[in.length];
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i].value();
        }
        op.evaluateInto(target.value(), values);
        touch(target, op.opName());
    }

    static GradMode checkWritable(String operation, Tensor target) {
        GradMode mode = GradMode.current();
        if (target instanceof Lifted ? mode.enabled : mode.recordsPlain()) {
            checkRecordable(operation, target);
        }
        if (target.value().overlapsItself()) {
            throw new ShapeException(operation + " in place: on an expanded tensor of shape " + target.shape()
                    + ": several elements share one place in memory. Call clone() first.");
        }
        return mode;
    }

    private static void checkRecordable(String operation, Tensor target) {
        Tensor base = target.view() == null ? target : target.view().base();
        if (base.node() != null && base.node().isLeaf()) {
            throw new GraphException(operation + " in place: on " + (target == base ? "" : "a view of ")
                    + "a leaf of shape " + base.shape() + " that requires grad: its value would no longer be"
                    + " the one whose gradient was asked for. Do it under Autograd.noGrad(), or on data(), or use"
                    + " the form that makes a new tensor.");
        }
        if (target.view() != null && !target.view().recorded && base.node() != null) {
            throw new GraphException(operation + " in place: on a view of shape " + target.shape()
                    + " that was made without recording, of a tensor that requires grad: the write could not be"
                    + " recorded. Make the view outside of noGrad, or write under noGrad too.");
        }
        Part part = target.view() == null || base.node() == null
                ? null
                : target.view().part();
        if (part != null) {
            throw new GraphException(operation + " in place: on one of the views that " + part.opName()
                    + " made of a tensor of shape " + base.shape() + " that requires grad: the views of one "
                    + part.opName() + " share their place in the graph, so a write into one of them alone is not"
                    + " recorded. Write into a slice, or use the form that makes a new tensor.");
        }
    }

    /** Gives a tensor that was written to its new history. */
    static void rebase(Tensor target, Node node, GradMode mode) {
        View view = target.view();
        if (view == null) {
            target.node(node);
            return;
        }
        Tensor base = view.base();
        Node before = base.node();
        var scatter = new ViewScatter(view.chain(), "CopySlices");
        long order = Math.max(before == null ? 0 : before.order, node.order);
        Node written = new Node(scatter, new Node[] {before, node}, mode.next(order), base.shape(), base.dtype());
        base.node(mode.anomaly ? written.traced() : written);
    }

    /** Adds the gradients of {@code output} to the leaves it depends on. */
    static void backward(Tensor output, Tensor gradient, GraphOption... options) {
        checkPlain("backward", output);
        Backward.run(output, gradient, options);
    }

    /** As {@link Tensor#backward}, of several outputs; {@code inputs}: null for all leaves. */
    public static void backward(Tensor[] outputs, Tensor[] gradients, Tensor[] inputs, GraphOption... options) {
        for (Tensor t : outputs) {
            checkPlain("backward", t);
        }
        if (inputs == null) {
            Backward.run(outputs, gradients, options);
        } else {
            for (Tensor t : inputs) {
                checkPlain("backward", t);
            }
            Backward.into(outputs, inputs, gradients, options);
        }
    }

    /** Refuses to follow the ordinary graph from a tensor that a transform has lifted. */
    static void checkPlain(String operation, Tensor t) {
        if (t instanceof Lifted lifted) {
            throw new GraphException(operation + ": of a tensor of shape " + t.shape() + " inside "
                    + lifted.level().transform() + ": it belongs to that transform, not to the graph of leaves. Use the"
                    + " form of Autograd.grad that takes a function; transforms nest.");
        }
    }

    /**
     * The gradients of {@code outputs} in {@code inputs}; see {@code Autograd.grad}.
     *
     * @param gradients the incoming gradient of each output; null where it is one
     */
    public static Tensor[] gradients(Tensor[] outputs, Tensor[] inputs, Tensor[] gradients, GraphOption... options) {
        for (Tensor t : inputs) {
            checkPlain("grad", t);
        }
        for (Tensor t : outputs) {
            checkPlain("grad", t);
        }
        return Backward.run(outputs, inputs, gradients, options);
    }

    /** Turns anomaly mode on or off on this thread; returns what it was. */
    public static boolean anomaly(boolean on) {
        GradMode mode = GradMode.current();
        boolean before = mode.anomaly;
        mode.anomaly = on;
        return before;
    }

    private static void touch(Tensor target, String operation) {
        touch(target, operation, GradMode.current());
    }

    private static void touch(Tensor target, String operation, GradMode mode) {
        String by = mode.anomaly ? operation + " at " + Traces.line() : operation;
        target.value().touch(by);
    }

    /** Whether this thread records operations. */
    public static boolean isRecording() {
        return GradMode.current().enabled;
    }

    /** Turns recording on or off on this thread; returns what it was. */
    public static boolean record(boolean on) {
        GradMode mode = GradMode.current();
        boolean before = mode.enabled;
        mode.enabled = on;
        return before;
    }
}
