package adjoint.tensor;

import adjoint.op.Elementwise;
import adjoint.op.Op;
import adjoint.op.ViewOp;

/**
 * Reverse mode as a level: a graph of its own, whose nodes hold tensors of the level below. A backward pass over it is
 * made of operations of that level, so whatever is under way there differentiates or batches it in turn.
 */
final class TapeLevel extends Level {
    TapeLevel() {
        super("grad");
    }

    private Node[] edges(Tensor[] in) {
        Node[] edges = null;
        for (int i = 0; i < in.length && GradMode.current().enabled; i++) {
            Node edge = in[i] instanceof Taped taped && taped.level() == this ? taped.node() : null;
            if (edge != null) {
                edges = edges == null ? new Node[in.length] : edges;
                edges[i] = edge;
            }
        }
        return edges;
    }

    @Override
    Tensor run(Op op, Tensor[] in) {
        Tensor[] inner = inner(in);
        Tensor out = below(() -> Engine.run(op, inner));
        var taped = new Taped(this, out, null);
        Node[] edges = edges(in);
        if (edges != null) {
            Engine.record(op, edges, inner, out, taped);
        }
        return taped;
    }

    @Override
    Tensor view(ViewOp op, Tensor in) {
        GradMode mode = GradMode.current();
        Tensor inner = inner(in);
        Tensor out = below(() -> Engine.view(op, inner));
        var taped = new Taped(this, out, new View(in, op, mode.enabled, in.version()));
        Engine.recordView(op, in, taped, mode);
        return taped;
    }

    @Override
    Tensor runInPlace(Elementwise op, Tensor[] in) {
        Tensor target = in[0];
        checkTarget(op.opName(), target);
        GradMode mode = Engine.checkWritable(op.opName(), target);
        Tensor[] inner = inner(in);
        Node[] edges = target.dtype().isFloating() ? edges(in) : null;
        Node node = null;
        if (edges != null) {
            node = new Node(op, edges, mode.next(Engine.order(edges)), target.shape(), target.dtype());
            if (mode.anomaly) {
                node.traced();
            }
            Tensor[] kept = inner;
            if ((node.keeps() & 1) == 1) {
                kept = inner.clone();
                kept[0] = below(inner[0]::clone);
            }
            node.saveInputs(node.keeps(), kept);
        }
        below(() -> Engine.runInPlace(op, inner));
        if (node != null) {
            Engine.rebase(target, node, mode);
            node.saveOutput(node.keeps(), inner[0]);
        }
        return target;
    }

    @Override
    void assign(Tensor target, Tensor values) {
        checkTarget("copy", target);
        below(() -> Engine.assign(inner(target), inner(values)));
    }

    @Override
    Tensor lift(Tensor inner) {
        return new Taped(this, inner, null);
    }
}
