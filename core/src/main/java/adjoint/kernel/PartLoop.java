package adjoint.kernel;

/** A function of each number of a part of an array, such as exp: a formula's loop, which is made above the kernels. */
@FunctionalInterface
public interface PartLoop {
    /** {@code out[outAt + i] = f(x[at + i])} for {@code n} numbers; both may be the same place. */
    void run(Object x, int at, Object out, int outAt, int n);
}
