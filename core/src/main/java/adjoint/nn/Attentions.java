package adjoint.nn;

import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;

/** Weighted means of values, by how well their keys fit queries. */
final class Attentions {
    private Attentions() {}

    /** Vaswani et al., "Attention Is All You Need", 2017. */
    static Tensor scaledDotProduct(Tensor q, Tensor k, Tensor v, Tensor mask, double dropout, double scale) {
        check(q, k, v);
        Dropouts.checkProbability("scaledDotProductAttention", dropout);
        Tensor scores = q.mul(scale).matmul(k.mT());
        if (mask == null) {
            return Functional.dropout(scores.softmax(-1), dropout).matmul(v);
        }
        checkMask(q, scores, mask);
        return Functional.dropout(masked(scores, mask), dropout).matmul(v);
    }

    private static void check(Tensor q, Tensor k, Tensor v) {
        if (q.shape().rank() < 2 || k.shape().rank() < 2 || v.shape().rank() < 2) {
            throw new ShapeException(shapes(q, k, v) + ": each has to be [..., places, features]. Add a dimension.");
        }
        if (q.size(-1) != k.size(-1) || k.size(-2) != v.size(-2)) {
            throw new ShapeException(shapes(q, k, v) + ": queries have as many features as keys, and there are as many"
                    + " keys as values. Check both.");
        }
        if (q.dtype() != k.dtype() || k.dtype() != v.dtype() || !q.dtype().isFloating()) {
            throw new DTypeException("scaledDotProductAttention: of queries of " + q.dtype() + ", keys of " + k.dtype()
                    + ", values of " + v.dtype() + ": they have to be of one floating-point type. Convert them with"
                    + " to(DType.F32).");
        }
    }

    private static String shapes(Tensor q, Tensor k, Tensor v) {
        return "scaledDotProductAttention: of queries " + q.shape() + ", keys " + k.shape() + ", values " + v.shape();
    }

    private static void checkMask(Tensor q, Tensor scores, Tensor mask) {
        if (mask.dtype() != DType.BOOL && mask.dtype() != DType.F32 && mask.dtype() != q.dtype()) {
            throw new DTypeException(
                    "scaledDotProductAttention: with a mask of " + mask.dtype() + ": it says true where a"
                            + " query may look, or is added. Convert it to BOOL or " + q.dtype() + ".");
        }
        if (!scores.shape().equals(Shape.broadcast(scores.shape(), mask.shape()))) {
            throw new ShapeException("scaledDotProductAttention: with a mask " + mask.shape() + " of scores "
                    + scores.shape() + ": it has to broadcast to them, [queries, keys] at the end. Reshape it.");
        }
    }

    /** The softmax of the scores that the mask leaves; zeros for queries that it leaves nothing. */
    private static Tensor masked(Tensor scores, Tensor mask) {
        if (mask.dtype() == DType.BOOL) {
            Tensor dead = mask.any(new int[] {-1}, Dim.KEEP).logicalNot();
            Tensor hidden = mask.logicalOr(dead).logicalNot();
            return scores.maskedFill(hidden, Double.NEGATIVE_INFINITY)
                    .softmax(-1)
                    .maskedFill(dead, 0.0);
        }
        Tensor dead = mask.detach().eq(Double.NEGATIVE_INFINITY).all(new int[] {-1}, Dim.KEEP);
        Tensor added = mask.to(scores.dtype()).maskedFill(dead, 0.0);
        return scores.add(added).softmax(-1).maskedFill(dead, 0.0);
    }

    /** A mask as what is added to scores: −∞ where it is true, if it is of truth values. */
    static Tensor added(String name, Tensor mask, DType dtype) {
        if (mask == null) {
            return null;
        }
        if (mask.dtype() != DType.BOOL && !mask.dtype().isFloating()) {
            throw new DTypeException(name + ": with a mask of " + mask.dtype()
                    + ": it says true for what is left out, or is" + " added. Convert it to BOOL or " + dtype + ".");
        }
        return mask.dtype() == DType.BOOL
                ? Tensor.zeros(dtype, mask.shape().sizes()).maskedFill(mask, Double.NEGATIVE_INFINITY)
                : mask.to(dtype);
    }
}
