package adjoint.tensor;

import adjoint.op.Elementwise;
import adjoint.op.Op;
import adjoint.op.ViewOp;

/** Forward mode as a level: each tensor carries how it changes along the direction that the arguments were given. */
final class TangentLevel extends Level {
    TangentLevel() {
        super("jvp");
    }

    /** Inputs and result of an operation, as its derivative reads them. */
    record Values(Tensor[] in, Tensor output) implements Op.Saved {
        @Override
        public Tensor input(int i) {
            return in[i];
        }
    }

    /** The tangents of the inputs; null where none has one. */
    private Tensor[] tangents(Tensor[] in) {
        Tensor[] tangents = null;
        for (int i = 0; i < in.length; i++) {
            if (in[i] instanceof Dual dual && dual.level() == this && dual.tangent() != null) {
                tangents = tangents == null ? new Tensor[in.length] : tangents;
                tangents[i] = dual.tangent();
            }
        }
        return tangents;
    }

    @Override
    Tensor run(Op op, Tensor[] in) {
        Tensor[] inner = inner(in);
        Tensor[] tangents = tangents(in);
        return below(() -> {
            Tensor out = Engine.run(op, inner);
            boolean changes = tangents != null && out.dtype().isFloating();
            return new Dual(this, out, changes ? apart(op.tangent(tangents, new Values(inner, out)), in) : null);
        });
    }

    /** The tangent as memory that no later write into an input changes: a rule may give an input's tangent itself. */
    private static Tensor apart(Tensor tangent, Tensor[] in) {
        for (Tensor x : in) {
            if (tangent != null && x instanceof Dual dual && dual.owns(tangent)) {
                return tangent.clone();
            }
        }
        return tangent;
    }

    @Override
    Tensor view(ViewOp op, Tensor in) {
        Dual dual = (Dual) in;
        return below(() -> {
            Tensor out = Engine.view(op, dual.inner());
            return out.dtype().isFloating()
                    ? new Dual(this, out, Engine.view(op, dual.own())).viewing()
                    : new Dual(this, out, null);
        });
    }

    @Override
    Tensor runInPlace(Elementwise op, Tensor[] in) {
        checkTarget(op.opName(), in[0]);
        Dual target = (Dual) in[0];
        Tensor[] inner = inner(in);
        Tensor[] tangents = target.dtype().isFloating() ? tangents(in) : null;
        below(() -> {
            Tensor[] before = inner.clone();
            for (int i = 0; tangents != null && i < before.length; i++) {
                before[i] = inner[i].sharesMemory(inner[0]) ? inner[i].clone() : inner[i];
            }
            Engine.runInPlace(op, inner);
            if (tangents != null) {
                target.become(apart(op.tangent(tangents, new Values(before, inner[0])), in));
            }
            return target;
        });
        return target;
    }

    @Override
    void assign(Tensor target, Tensor values) {
        checkTarget("copy", target);
        below(() -> Engine.assign(inner(target), inner(values)));
    }

    @Override
    Tensor lift(Tensor inner) {
        return new Dual(this, inner, null);
    }
}
