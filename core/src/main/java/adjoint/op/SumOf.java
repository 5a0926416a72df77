package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.stream.IntStream;

/**
 * The sum of all elements of an elementwise operation's result, which is never there as a whole: what a loss is.
 *
 * @param each the operation; its derivative does not read its result
 * @param shape of all its operands
 */
public record SumOf(Elementwise each, Shape shape) implements RuleOp {
    /** Fewer elements are in the nearest cache anyway, and short operations cost next to nothing. */
    private static final int FEW = 512;

    /** Whether it can be used and pays: many operands of one real type and one shape. */
    public static boolean fits(Elementwise each, Tensor... in) {
        DType dtype = in[0].dtype();
        boolean fits = dtype.isFloating() && in[0].numel() > FEW;
        for (Tensor t : in) {
            fits &= t.dtype() == dtype && t.shape().equals(in[0].shape());
        }
        return fits && (each.keeps((1L << in.length) - 1) & RESULT) == 0;
    }

    @Override
    public String opName() {
        return "sum";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided[] rows = new Strided[in.length];
        for (int i = 0; i < in.length; i++) {
            rows[i] = in[i].rowMajor();
        }
        return each.sum(rows);
    }

    @Override
    public long keeps(long needs) {
        return each.keeps(needs);
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return each.gradient(i, g.expand(shape.sizes()), saved);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor terms = each.batch(size, batched, in);
        int[] dims = IntStream.range(1, terms.shape().rank()).toArray();
        return dims.length == 0 ? terms : terms.sum(dims);
    }
}
