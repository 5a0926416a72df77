package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Gather;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * The values that are sent to a place, and what is there, reduced to their product, largest or smallest. PyTorch:
 * {@code scatter_reduce}. Inputs: x, the values, index (I64, of the values' shape). The largest and smallest share their
 * gradient evenly with those equal to them; the product's gradient at a single zero is the product of the others.
 */
public record ScatterReduce(Shape from, int dim, Gather.Combine how) implements RuleOp {
    @Override
    public String opName() {
        return "scatter_reduce";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Copy.of(in[0], in[0].dtype());
        Gather.reduceAlong(out, dim, in[2], in[1], how);
        return out;
    }

    @Override
    public long keeps(long needs) {
        return 7 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor x = saved.input(0);
        Tensor values = saved.input(1);
        Tensor index = saved.input(2);
        return how == Gather.Combine.PRODUCT
                ? product(i, g, x, values, index)
                : extreme(i, g, x, values, index, saved.output());
    }

    private Tensor extreme(int i, Tensor g, Tensor x, Tensor values, Tensor index, Tensor out) {
        DType type = g.dtype();
        Tensor here = x.eq(out).to(type).detach();
        Tensor sent = values.eq(out.gather(dim, index)).to(type).detach();
        Tensor share = g.div(add(here, sent, index));
        return i == 0 ? here.mul(share) : sent.mul(share.gather(dim, index));
    }

    /**
     * The product of the others: of those that are not zero, where this is the only zero or there is none; else 0.
     */
    private Tensor product(int i, Tensor g, Tensor x, Tensor values, Tensor index) {
        Tensor one = Tensor.scalar(1, g.dtype());
        Tensor zeroHere = x.eq(0L);
        Tensor zeroSent = values.eq(0L);
        Tensor solidHere = Tensor.where(zeroHere, one, x);
        Tensor solidSent = Tensor.where(zeroSent, one, values);
        Tensor solid = Engine.run(this, solidHere, solidSent, index);
        Tensor zeros = add(zeroHere.to(g.dtype()), zeroSent.to(g.dtype()), index);
        Tensor mine = i == 0 ? zeroHere : zeroSent;
        Tensor all = i == 0 ? zeros : zeros.gather(dim, index);
        Tensor others = all.sub(mine.to(g.dtype())).eq(0L).to(g.dtype());
        Tensor product = g.mul(solid);
        return i == 0
                ? product.div(solidHere).mul(others)
                : product.gather(dim, index).div(solidSent).mul(others);
    }

    private Tensor add(Tensor x, Tensor values, Tensor index) {
        return Engine.run(new Scatter(from, dim, Accumulate.ADD), x, values, index);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] all = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            all[i] = Batching.spread(size, batched[i], in[i]);
        }
        return Engine.run(new ScatterReduce(Batching.shape(size, from), dim + 1, how), all);
    }
}
