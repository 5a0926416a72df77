package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * Complex numbers as two tensors of one shape: {@code real + i imag}. There is no complex type; this is what eigenvalues of
 * general matrices need.
 *
 * @param real F32 or F64
 * @param imag of the same type and shape
 */
public record Complex(Tensor real, Tensor imag) {
    /** The absolute values. */
    public Tensor abs() {
        return real.hypot(imag);
    }

    /** The angles, in radians from −π to π. */
    public Tensor angle() {
        return imag.atan2(real);
    }

    /** The conjugates. */
    public Complex conj() {
        return new Complex(real, imag.neg());
    }

    // What derivatives need, of matrices [..., n, n].

    Complex add(Complex b) {
        return new Complex(real.add(b.real), imag.add(b.imag));
    }

    Complex sub(Complex b) {
        return new Complex(real.sub(b.real), imag.sub(b.imag));
    }

    Complex mul(Tensor b) {
        return new Complex(real.mul(b), imag.mul(b));
    }

    Complex div(Complex b) {
        Tensor square = b.real.square().add(b.imag.square());
        return new Complex(
                real.mul(b.real).add(imag.mul(b.imag)).div(square),
                imag.mul(b.real).sub(real.mul(b.imag)).div(square));
    }

    Complex matmul(Complex b) {
        return new Complex(
                real.matmul(b.real).sub(imag.matmul(b.imag)),
                real.matmul(b.imag).add(imag.matmul(b.real)));
    }

    /** The conjugate transpose. */
    Complex mH() {
        return new Complex(real.mT(), imag.mT().neg());
    }

    /** X of this X = B, as the real equations of twice the size. */
    Complex solve(Complex b) {
        long n = real.size(-1);
        Tensor left = Tensor.cat(-2, Tensor.cat(-1, real, imag.neg()), Tensor.cat(-1, imag, real));
        Tensor x = Solving.solve("solve", left, Tensor.cat(-2, b.real, b.imag), Solve.Singular.INFINITE);
        return new Complex(x.narrow(-2, 0, n), x.narrow(-2, n, n));
    }
}
