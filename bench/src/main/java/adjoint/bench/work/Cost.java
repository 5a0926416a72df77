package adjoint.bench.work;

import adjoint.types.DType;

/**
 * What a piece of work needs at least, whoever does it: the floor that the machine sets.
 *
 * @param flops additions, subtractions, multiplications and divisions; exp, tanh, erf and the like count as
 *     {@link #FUNCTION}
 * @param bytes that are read or written, where each input is read once, each result written once, and nothing between
 *     them leaves the processor
 * @param dtype what is computed with
 */
public record Cost(double flops, double bytes, DType dtype) {
    /** What a transcendental function counts as: a polynomial of five or so, reduction and scaling included. */
    public static final double FUNCTION = 15;

    /** Of work with F32, by the count of numbers that are read or written. */
    static Cost floats(double flops, double numbers) {
        return new Cost(flops, 4 * numbers, DType.F32);
    }
}
