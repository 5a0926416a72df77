package adjoint.linalg;

import adjoint.op.Batching;
import adjoint.op.CustomOp;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** X of A X = B: {@code [..., n, n]} and {@code [..., n, k]}, leading dimensions equal. */
record Solve(String opName, String gradName) implements CustomOp {
    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        int columns = (int) in[1].shape().size(-1);
        double[] x = in[1].values();
        Lu.each(
                in[0].shape(),
                i -> Lu.of(in[0].values(), i * n * n, n)
                        .regular(opName, in[0].shape())
                        .solve(x, i * n * columns, columns));
        return new Numbers(in[1].shape(), in[1].dtype(), x);
    }

    @Override
    public long keeps(long needs) {
        return 1 | ((needs & 1) == 0 ? 0 : RESULT);
    }

    /** With G the gradient of X, that of B is A⁻ᵀ G, and that of A is −A⁻ᵀ G Xᵀ. */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor h = Engine.run(this, saved.input(0).transpose(-1, -2), g);
        return i == 1 ? h : h.matmul(saved.output().transpose(-1, -2)).neg();
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(this, Batching.spread(size, batched[0], in[0]), Batching.spread(size, batched[1], in[1]));
    }
}
