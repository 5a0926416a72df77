package adjoint.linalg;

import adjoint.op.Op;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Locale;

/** The determinant of matrices {@code [..., n, n]}, its sign, or the logarithm of its absolute value. */
record Determinant(Part part) implements MatrixOp {
    /** Which of them. */
    enum Part {
        DET,
        SIGN,
        LOG_ABS
    }

    static Tensor of(Part part, Tensor a) {
        return Engine.run(new Determinant(part), a);
    }

    static SignAndLogarithm signAndLogarithm(String name, Tensor a) {
        Matrices.realSquare(name, a);
        return new SignAndLogarithm(of(Part.SIGN, a.detach()), of(Part.LOG_ABS, a));
    }

    static Tensor logarithm(Tensor a) {
        SignAndLogarithm parts = signAndLogarithm("logdet", a);
        return Tensor.where(parts.sign().lt(0), Double.NaN, parts.logAbsDet());
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
        Shape to = Matrices.leading(shape, 2);
        double[] out = new double[(int) to.numel()];
        Matrices.each(to, 0, i -> {
            Elimination lu = Elimination.ofTransposed(in[0].values(), i, n);
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
        Tensor each = Matrices.each(g);
        if (part == Part.DET && a.size(-1) == 1) {
            return each.mul(Tensor.onesLike(a)); // linear: the second derivative is absent
        }
        return part == Part.DET
                ? each.mul(Engine.run(Cofactor.COFACTOR, a))
                : each.mul(Solving.inv("inv", a, Solve.Singular.INFINITE).mT());
    }
}
