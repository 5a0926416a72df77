package adjoint.tensor;

import adjoint.op.Part;
import adjoint.op.ViewOp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How a view was made. After the memory was written to, through whichever of its views, the recorded node is out of
 * date and is made anew from the parent's when it is asked for next.
 */
final class View {
    final Tensor parent;
    final ViewOp op;

    /** Whether recording was on when the view was made; one made unrecorded stays outside the graph. */
    final boolean recorded;

    /** The version of the memory that the view's node belongs to. */
    int version;

    View(Tensor parent, ViewOp op, boolean recorded, int version) {
        this.parent = parent;
        this.op = op;
        this.recorded = recorded;
        this.version = version;
    }

    /** The tensor that is no view itself. */
    Tensor base() {
        Tensor t = parent;
        while (t.view() != null) {
            t = t.view().parent;
        }
        return t;
    }

    /** The operation in the chain that made several views at once, or null. */
    Part part() {
        for (View v = this; v != null; v = v.parent.view()) {
            if (v.op instanceof Part part) {
                return part;
            }
        }
        return null;
    }

    /** The views that lead from the base to this one. */
    List<ViewOp> chain() {
        Deque<ViewOp> chain = new ArrayDeque<>();
        chain.add(op);
        for (View v = parent.view(); v != null; v = v.parent.view()) {
            chain.addFirst(v.op);
        }
        return List.copyOf(chain);
    }
}
