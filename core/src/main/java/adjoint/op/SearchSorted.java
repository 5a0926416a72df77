package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;

/**
 * Where each value would be put into a sorted sequence so that it stays sorted. Inputs: the sequences (a vector, or
 * along the last dimension, one for each row of values), the values.
 */
public record SearchSorted(Side side) implements DiscreteOp {
    /** On which side of equal elements a value is put. */
    public enum Side {
        LEFT,
        RIGHT
    }

    @Override
    public String opName() {
        return "searchsorted";
    }

    @Override
    public Strided evaluate(Strided... in) {
        double[] sorted = Copy.of(in[0], DType.F64).doubles();
        double[] values = Copy.of(in[1], DType.F64).doubles();
        Strided out = Strided.zeros(DType.I64, in[1].shape());
        int rank = in[0].shape().rank();
        int length = (int) in[0].shape().size(rank - 1);
        int row = rank == 1 ? values.length : (int) in[1].shape().size(rank - 1);
        for (int i = 0; i < values.length; i++) {
            int start = rank == 1 ? 0 : i / row * length;
            long place = search(sorted, start, start + length, values[i]);
            out.longs()[i] = place - start;
        }
        return out;
    }

    /** The first place whose element is not before the value; NaN comes after every number. */
    private int search(double[] sorted, int from, int to, double value) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            // Plain comparisons: −0 and 0 are one number, as in PyTorch.
            boolean before = side == Side.LEFT
                    ? sorted[middle] < value || Double.isNaN(value) && !Double.isNaN(sorted[middle])
                    : !(sorted[middle] > value) && (!Double.isNaN(sorted[middle]) || Double.isNaN(value));
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor sorted = in[0];
        if (!batched[0] && sorted.shape().rank() == 1) {
            return Engine.run(this, sorted, in[1]);
        }
        Tensor values = Batching.spread(size, batched[1], in[1]);
        sorted = Batching.spread(size, batched[0], sorted);
        if (sorted.shape().rank() == 2) {
            // One sequence for all of an example's values: those are one row.
            return Engine.run(this, sorted, values.reshape(size, -1))
                    .reshape(values.shape().sizes());
        }
        return Engine.run(this, sorted, values);
    }
}
