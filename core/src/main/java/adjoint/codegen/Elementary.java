package adjoint.codegen;

import adjoint.types.DType;
import adjoint.types.DTypeException;
import java.util.List;
import java.util.Locale;

/**
 * The elementary functions, written in exactly specified {@linkplain Lane lanes}: range reduction and a polynomial
 * whose coefficients were fitted to the function (Remez' algorithm in 60 digits, then rounded to the format). Nothing
 * here depends on the machine, so a result has the same bits in every loop.
 *
 * <p>{@code ElementaryAccuracy} in the tests measures the error of each over all floats.
 */
final class Elementary {
    private Elementary() {}

    /**
     * The function of these arguments without any further call.
     *
     * @throws DTypeException if the loop is over integers
     */
    static Expr expand(Fn fn, DType dtype, List<Expr> args) {
        if (!dtype.isFloating()) {
            throw new DTypeException(fn.name().toLowerCase(Locale.ROOT) + " of " + dtype
                    + ": it is a function of real numbers and yields no " + dtype
                    + ". Convert the operand to float32 or float64 first.");
        }
        return fn.expand(FloatFormat.of(dtype), args);
    }
}
