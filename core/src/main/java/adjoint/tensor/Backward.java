package adjoint.tensor;

import adjoint.op.Binary;
import adjoint.op.Elementwise;
import adjoint.op.ViewOp;
import adjoint.types.GraphException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One backward pass. Pending gradients wait in a heap ordered by their node's number; since numbers rise along every
 * path, the largest pending node has received all its gradients: they are next to each other in the heap, are added
 * up in the order they came, and passed on through the node's operation. Nothing is stored in the nodes, so passes on
 * different threads may share them.
 */
final class Backward {
    private final boolean record;
    private final boolean keep;
    private final boolean anomaly = GradMode.current().anomaly;

    // The heap: parallel arrays, ordered by (node number descending, arrival ascending).
    private Node[] nodes = new Node[4];
    private Tensor[] grads = new Tensor[4];
    private boolean[] owned = new boolean[4];
    private long[] arrivals = new long[4];
    private int size;
    private long arrival;
    private final Leaves leaves = new Leaves();

    /** The inputs whose gradients are asked for, or null: all leaves accumulate. */
    private Map<Node, Tensor> captured;

    private Set<Node> leading;

    private Backward(GraphOption... options) {
        record = has(GraphOption.CREATE_GRAPH, options);
        keep = record || has(GraphOption.RETAIN_GRAPH, options);
    }

    private static boolean has(GraphOption wanted, GraphOption... options) {
        for (GraphOption option : options) {
            if (option == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Gradients of the leaves that {@code output} depends on, added to what they hold. */
    static void run(Tensor output, Tensor gradient, GraphOption... options) {
        var pass = new Backward(options);
        pass.seed(output, gradient);
        pass.drain();
    }

    /** The same of several outputs at once. */
    static void run(Tensor[] outputs, Tensor[] gradients, GraphOption... options) {
        var pass = new Backward(options);
        for (int i = 0; i < outputs.length; i++) {
            pass.seed(outputs[i], gradients == null ? null : gradients[i]);
        }
        pass.drain();
    }

    /** The same, added to what {@code inputs} hold and to nothing else. */
    static void into(Tensor[] outputs, Tensor[] inputs, Tensor[] gradients, GraphOption... options) {
        GraphOption[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = GraphOption.ALLOW_UNUSED;
        Tensor[] found = run(outputs, inputs, gradients, all);
        var pass = new Backward(options);
        for (int i = 0; i < inputs.length; i++) {
            if (found[i] != null) {
                pass.accumulate(inputs[i], found[i], false);
            }
        }
    }

    /** Gradients of {@code inputs}; null for those the outputs do not depend on. Leaves' own gradients stay as they are. */
    static Tensor[] run(Tensor[] outputs, Tensor[] inputs, Tensor[] gradients, GraphOption... options) {
        var pass = new Backward(options);
        pass.captured = new IdentityHashMap<>();
        Node[] wanted = new Node[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            wanted[i] = inputs[i].node();
            if (wanted[i] == null) {
                throw new GraphException("grad: input " + (i + 1) + " of shape " + inputs[i].shape()
                        + " does not require grad. Call requiresGrad(true) on it before it is used.");
            }
            pass.captured.put(wanted[i], null);
        }
        for (int i = 0; i < outputs.length; i++) {
            Tensor g = gradients != null && i < gradients.length ? gradients[i] : null;
            pass.seed(outputs[i], g);
        }
        pass.findPaths();
        if (!has(GraphOption.ALLOW_UNUSED, options)) {
            for (int i = 0; i < wanted.length; i++) {
                if (!pass.leading.contains(wanted[i])) {
                    throw new GraphException("grad: input " + (i + 1) + " of shape " + inputs[i].shape()
                            + ": the outputs do not depend on it. Give GraphOption.ALLOW_UNUSED to get null for it.");
                }
            }
        }
        pass.drain();
        Tensor[] result = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            result[i] = pass.captured.get(wanted[i]);
        }
        return result;
    }

    /**
     * Gradients of a level's leaves from one gradient for each result; zeros where nothing depends. The pass is made of
     * operations of the level that calls it, and whatever is under way there follows them.
     */
    static Tensor[] pull(Tensor[] outputs, Tensor[] leaves, Tensor[] gradients) {
        if (gradients.length != outputs.length) {
            throw new GraphException("vjp: " + gradients.length + " gradients for " + outputs.length
                    + " outputs: each output has one. Give as many.");
        }
        var pass = new Backward(GraphOption.CREATE_GRAPH);
        pass.captured = new IdentityHashMap<>();
        for (Tensor leaf : leaves) {
            pass.captured.put(leaf.node(), null);
        }
        for (int i = 0; i < outputs.length; i++) {
            Tensor inner = outputs[i] instanceof Lifted lifted ? lifted.inner() : outputs[i];
            Node.checkGradient(gradients[i], inner.shape(), inner.dtype());
            if (outputs[i] instanceof Taped && outputs[i].node() != null) {
                pass.seed(outputs[i], gradients[i]);
            }
        }
        pass.findPaths();
        while (pass.size > 0) {
            pass.step();
        }
        pass.deliver();
        Tensor[] result = new Tensor[leaves.length];
        for (int i = 0; i < leaves.length; i++) {
            Tensor found = pass.captured.get(leaves[i].node());
            result[i] = found != null ? found : Tensor.zerosLike(((Lifted) leaves[i]).inner());
        }
        return result;
    }

    private void seed(Tensor output, Tensor gradient) {
        Node node = output.node();
        if (node == null) {
            throw new GraphException(
                    "backward: a tensor of shape " + output.shape()
                            + " that does not require grad and has no grad_fn: nothing was recorded. Call requiresGrad(true)"
                            + " on a leaf before computing with it, and check for detach(), noGrad or integer types on the way.");
        }
        if (gradient == null) {
            if (output.numel() != 1) {
                throw new GraphException("backward: of a tensor of shape " + output.shape()
                        + ": the gradient of more than one number has to be chosen. Reduce it first (sum(), mean()),"
                        + " or give backward a gradient of that shape.");
            }
            gradient = Tensor.onesLike(output);
        }
        node.checkGradient(gradient);
        if (node.isLeaf()) {
            leaves.add(node, gradient, false, this);
        } else {
            push(node, gradient, false);
        }
    }

    /** Finds the nodes on a path from the outputs to an input: the others need no gradient. */
    private void findPaths() {
        leading = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Node> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        // Depth first, children before parents, without recursion: graphs may be a million nodes deep.
        ArrayDeque<Node> stack = new ArrayDeque<>();
        for (int i = 0; i < size; i++) {
            stack.push(nodes[i]);
        }
        for (int i = 0; i < leaves.size; i++) {
            stack.push(leaves.nodes[i]);
        }
        while (!stack.isEmpty()) {
            Node node = stack.peek();
            if (seen.add(node)) {
                for (Node edge : node.edges) {
                    if (edge != null && !seen.contains(edge)) {
                        stack.push(edge);
                    }
                }
                continue;
            }
            stack.pop();
            boolean leads = captured.containsKey(node);
            for (Node edge : node.edges) {
                leads |= edge != null && leading.contains(edge);
            }
            if (leads) {
                leading.add(node);
            }
        }
    }

    private void drain() {
        GradMode mode = GradMode.current();
        boolean before = mode.enabled;
        mode.enabled = record;
        try {
            while (size > 0) {
                step();
            }
            deliver();
        } finally {
            mode.enabled = before;
        }
    }

    private void step() {
        Node node = nodes[0];
        Tensor g = grads[0];
        boolean own = owned[0];
        pop();
        while (size > 0 && nodes[0].order == node.order) {
            int same = find(node);
            if (same < 0) {
                break;
            }
            g = add(g, own, grads[same]);
            own = true;
            remove(same);
        }
        Tensor seen = node.hooked(g);
        own &= seen == g && !node.isHooked(); // a hook may keep what it sees
        g = seen;
        Tensor retained = node.retained();
        if (retained != null && captured == null) {
            retained.grad(retained.grad() == null ? g.clone() : retained.grad().add(g));
        }
        if (captured != null && captured.containsKey(node)) {
            captured.put(node, g);
            own = false;
        }
        pass(node, g, own);
    }

    /**
     * A pending gradient of this very node among those of the highest number, or -1. Nodes made on different threads
     * may have the same number; those of one thread never do.
     */
    private int find(Node node) {
        if (nodes[0] == node) {
            return 0;
        }
        int found = -1;
        for (int i = 1; i < size; i++) {
            if (nodes[i] == node && (found < 0 || arrivals[i] < arrivals[found])) {
                found = i;
            }
        }
        return found;
    }

    private void pass(Node node, Tensor g, boolean own) {
        Node[] edges = node.edges;
        int heir = own && !record && !anomaly ? heir(edges) : -1;
        boolean alone = own;
        for (int i = 0; i < edges.length; i++) {
            if (i != heir && isWanted(edges[i])) {
                alone &= passOn(node, i, g, false);
            }
        }
        if (heir >= 0) {
            passOn(node, heir, g, alone);
        }
        if (!keep) {
            node.release();
        }
    }

    private boolean isWanted(Node edge) {
        return edge != null && (leading == null || leading.contains(edge));
    }

    /**
     * The edge that is served last and may have the memory of the gradient, if nobody else does; -1 if there is none. The
     * others' order stays as it is, and each node still gets its gradients in the same order.
     */
    private int heir(Node[] edges) {
        int heir = -1;
        for (int i = 0; i < edges.length; i++) {
            if (isWanted(edges[i]) && (heir < 0 || edges[heir].isLeaf())) {
                heir = i;
            }
        }
        for (int i = 0; i < edges.length && heir >= 0; i++) {
            if (i != heir && edges[i] == edges[heir]) {
                return -1;
            }
        }
        return heir;
    }

    /**
     * Passes a gradient on along one edge.
     *
     * @param alone whether nobody else will read it
     * @return whether that still holds
     */
    private boolean passOn(Node node, int i, Tensor g, boolean alone) {
        Node edge = node.edges[i];
        if (!record && !anomaly && accumulated(node, i, g)) {
            return true;
        }
        boolean inPlace = alone
                && node.op instanceof Elementwise e
                && g.isContiguous()
                && !(g instanceof Lifted)
                && e.gradientInPlace(i, g, node);
        Tensor next = inPlace ? g : node.op.gradient(i, g, node);
        if (!next.shape().equals(edge.shape)) {
            next = next.sumTo(edge.shape);
        }
        if (anomaly) {
            checkFinite(node, i, next);
        }
        boolean shares = next == g || next.sharesMemory(g);
        if (shares && next != g && alone && next.isContiguous() && !(next instanceof Lifted)) {
            next = new Tensor(next.value()); // another shape of what nobody else reads
        }
        boolean fresh = shares ? alone && next.isContiguous() : isFresh(node, next);
        if (edge.isLeaf()) {
            leaves.add(edge, next, fresh, this);
        } else {
            push(edge, next, fresh);
        }
        return !shares;
    }

    /** Adds a gradient to a sum that waits for it, where that can be done in one pass over memory. */
    private boolean accumulated(Node node, int i, Tensor g) {
        Node edge = node.edges[i];
        return edge.isLeaf() && node.op instanceof Elementwise e && leaves.addTo(edge, node, e, i, g)
                || node.op instanceof ViewOp view && view.isPart() && addToPart(edge, view, g);
    }

    /**
     * Adds a gradient to its part of a sum that waits for the whole, if there is one that may be changed: all parts of a
     * tensor together then cost as much as the tensor, not each of them.
     */
    private boolean addToPart(Node whole, ViewOp part, Tensor g) {
        Tensor sum = whole.isLeaf() ? leaves.ownSum(whole) : null;
        for (int i = 0; i < size && sum == null; i++) {
            sum = nodes[i] == whole && owned[i] ? grads[i] : null;
        }
        if (sum == null || sum instanceof Lifted || g instanceof Lifted) {
            return false;
        }
        Engine.runInPlace(Binary.ADD, Engine.view(part, sum), g);
        return true;
    }

    private static void checkFinite(Node node, int input, Tensor gradient) {
        Tensor plain = gradient;
        while (plain instanceof Lifted lifted) {
            plain = lifted.inner();
        }
        for (double x : plain.toDoubles()) {
            if (!Double.isFinite(x)) {
                throw new GraphException("backward through " + node.name() + node.madeAt() + ": the gradient of input "
                        + (input + 1) + ", of shape " + gradient.shape() + ", became " + x
                        + ". Check the values it was computed from: a root or a logarithm of 0, a quotient by 0, an"
                        + " overflow.");
            }
        }
    }

    /** Whether {@code next} is a dense buffer made by this pass that nobody else reads, so that it may be written to. */
    private boolean isFresh(Node node, Tensor next) {
        return !record && !next.isView() && !node.holds(next);
    }

    /** The gradients that arrived at leaves. They are handed over when the whole pass has succeeded. */
    private static final class Leaves {
        private static final int FEW = 16;
        private Node[] nodes = new Node[4];
        private Tensor[] sums = new Tensor[4];
        private boolean[] owned = new boolean[4];
        private int size;
        private Map<Node, Integer> places;

        void add(Node leaf, Tensor g, boolean own, Backward pass) {
            int at = find(leaf);
            if (at >= 0) {
                sums[at] = pass.add(sums[at], owned[at], g);
                owned[at] = true;
                return;
            }
            if (size == nodes.length) {
                nodes = Arrays.copyOf(nodes, size * 2);
                sums = Arrays.copyOf(sums, size * 2);
                owned = Arrays.copyOf(owned, size * 2);
            }
            nodes[size] = leaf;
            sums[size] = g;
            owned[size++] = own;
            if (places != null) {
                places.put(leaf, size - 1);
            }
        }

        /** Adds a gradient in one pass where there is a sum already that it has the shape of. */
        boolean addTo(Node leaf, Node node, Elementwise op, int i, Tensor g) {
            int at = node.shape.equals(leaf.shape) ? find(leaf) : -1;
            return at >= 0 && owned[at] && op.addGradient(sums[at], i, g, node);
        }

        /** What has arrived at a leaf, if it may be added to in place, else null. */
        Tensor ownSum(Node leaf) {
            int at = find(leaf);
            return at >= 0 && owned[at] ? sums[at] : null;
        }

        private int find(Node leaf) {
            if (size <= FEW) {
                for (int i = 0; i < size; i++) {
                    if (nodes[i] == leaf) {
                        return i;
                    }
                }
                return -1;
            }
            if (places == null) {
                places = new IdentityHashMap<>();
                for (int i = 0; i < size; i++) {
                    places.put(nodes[i], i);
                }
            }
            return places.getOrDefault(leaf, -1);
        }
    }

    private void deliver() {
        for (int i = 0; i < leaves.size; i++) {
            Tensor g = leaves.nodes[i].hooked(leaves.sums[i]);
            leaves.owned[i] &= g == leaves.sums[i];
            leaves.sums[i] = g;
        }
        for (int i = 0; i < leaves.size; i++) {
            Node leaf = leaves.nodes[i];
            if (captured == null) {
                accumulate(leaf.retained(), leaves.sums[i], leaves.owned[i]);
            } else if (captured.containsKey(leaf)) {
                captured.put(leaf, leaves.sums[i]);
            }
        }
    }

    private Tensor add(Tensor a, boolean own, Tensor b) {
        return own && !record ? Engine.runInPlace(Binary.ADD, a, b) : a.add(b);
    }

    private void accumulate(Tensor leaf, Tensor g, boolean own) {
        synchronized (leaf) {
            Tensor old = leaf.grad();
            if (old == null) {
                leaf.grad(own ? g : g.clone());
            } else if (record || old.requiresGrad()) {
                leaf.grad(old.add(g));
            } else {
                Engine.runInPlace(Binary.ADD, old, g);
            }
        }
    }

    private boolean before(int a, int b) {
        long x = nodes[a].order;
        long y = nodes[b].order;
        return x != y ? x > y : arrivals[a] < arrivals[b];
    }

    private void push(Node node, Tensor g, boolean own) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
            grads = Arrays.copyOf(grads, size * 2);
            owned = Arrays.copyOf(owned, size * 2);
            arrivals = Arrays.copyOf(arrivals, size * 2);
        }
        nodes[size] = node;
        grads[size] = g;
        owned[size] = own;
        arrivals[size] = arrival++;
        up(size++);
    }

    private void pop() {
        remove(0);
    }

    private void remove(int at) {
        size--;
        if (at < size) {
            swap(at, size);
        }
        nodes[size] = null;
        grads[size] = null;
        if (at < size) {
            up(at);
            down(at);
        }
    }

    private void up(int i) {
        int at = i;
        while (at > 0 && before(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void down(int i) {
        int at = i;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(child + 1, child)) {
                child++;
            }
            if (child >= size || !before(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int a, int b) {
        Node node = nodes[a];
        nodes[a] = nodes[b];
        nodes[b] = node;
        Tensor grad = grads[a];
        grads[a] = grads[b];
        grads[b] = grad;
        boolean own = owned[a];
        owned[a] = owned[b];
        owned[b] = own;
        long time = arrivals[a];
        arrivals[a] = arrivals[b];
        arrivals[b] = time;
    }
}
