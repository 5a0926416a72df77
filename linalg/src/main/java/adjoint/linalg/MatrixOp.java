package adjoint.linalg;

import adjoint.op.Batching;
import adjoint.op.CustomOp;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** An operation on batches, whose inputs all have the same leading dimensions: examples are one more of these. */
interface MatrixOp extends CustomOp {
    @Override
    default Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] all = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            all[i] = Batching.spread(size, batched[i], in[i]);
        }
        return Engine.run(this, all);
    }
}
