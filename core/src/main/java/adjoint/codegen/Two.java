package adjoint.codegen;

/**
 * A number in two words: what it rounds to, and what belongs below its last bit. Twice the precision of the format,
 * from exactly specified lanes (Dekker, <i>A floating-point technique for extending the available precision</i>, 1971).
 */
record Two(Expr high, Expr low) {

    /** {@code a + b} exactly, if |a| ≥ |b| or a = 0 (Dekker). */
    static Two fastSum(Expr a, Expr b) {
        Expr high = a.add(b);
        return new Two(high, a.sub(high).add(b));
    }

    /** {@code a + b} exactly (Knuth). */
    static Two sum(Expr a, Expr b) {
        Expr high = a.add(b);
        Expr part = high.sub(a);
        return new Two(high, a.sub(high.sub(part)).add(b.sub(part)));
    }

    /** {@code a · b} exactly. */
    static Two product(Expr a, Expr b) {
        Expr high = a.mul(b);
        return new Two(high, a.fma(b, high.neg()));
    }

    /** {@code n / d}; the reciprocal of {@code d} must not overflow. */
    static Two quotient(Two n, Two d) {
        Expr reciprocal = Expr.of(1).div(d.high);
        Expr high = n.high.mul(reciprocal);
        Expr rest = high.neg().fma(d.high, n.high).add(high.neg().fma(d.low, n.low));
        return new Two(high, rest.mul(reciprocal));
    }

    /** The square root; 0 yields 0. */
    Two sqrt(FloatFormat f) {
        Expr root = high.sqrt();
        Expr rest = root.neg().fma(root, high).add(low);
        return new Two(root, rest.div(root.add(root).max(f.minNormal)));
    }

    /** The product. */
    Two times(Two b) {
        Two product = product(high, b.high);
        return new Two(product.high, low.fma(b.high, high.fma(b.low, product.low)));
    }

    /** Rounded to one word. */
    Expr rounded() {
        return high.add(low);
    }
}
