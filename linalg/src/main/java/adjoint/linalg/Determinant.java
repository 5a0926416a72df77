package adjoint.linalg;

import adjoint.op.CustomOp;
import adjoint.op.Op;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Arrays;
import java.util.Locale;

/** The determinant of matrices {@code [..., n, n]}, its sign, or the logarithm of its absolute value. */
record Determinant(Part part) implements CustomOp {
    /** Which of them. */
    enum Part {
        DET,
        SIGN,
        LOG_ABS
    }

    @Override
    public String opName() {
        return part == Part.DET ? "det" : "slogdet_" + part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String gradName() {
        return Op.gradName(part == Part.DET ? "linalg_det" : "linalg_slogdet");
    }

    @Override
    public Numbers compute(Numbers... in) {
        Shape shape = in[0].shape();
        int n = (int) shape.size(-1);
        Shape to = Shape.of(Arrays.copyOf(shape.sizes(), shape.rank() - 2));
        double[] out = new double[(int) to.numel()];
        Lu.each(shape, i -> {
            Lu lu = Lu.ofTransposed(in[0].values(), i * n * n, n);
            out[i] = switch (part) {
                case DET -> lu.det();
                case SIGN -> lu.sign();
                case LOG_ABS -> lu.logAbsDet();
            };
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    @Override
    public long keeps(long needs) {
        return part == Part.SIGN ? 0 : 1;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor a = saved.input(0);
        Tensor each = g.unsqueeze(-1).unsqueeze(-1);
        if (part == Part.DET && a.size(-1) == 1) {
            return each.mul(Tensor.onesLike(a)); // linear: the second derivative is absent
        }
        return part == Part.DET
                ? each.mul(Engine.run(Cofactor.COFACTOR, a))
                : each.mul(Linalg.inv(a).transpose(-1, -2));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(this, in);
    }
}
