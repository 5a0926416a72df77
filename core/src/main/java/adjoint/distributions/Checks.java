package adjoint.distributions;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** What the distributions ask of their parameters and of values. */
final class Checks {
    private Checks() {}

    /** Throws unless the condition holds everywhere. */
    static void all(Tensor x, UnaryOperator<Tensor> condition, String what, String why) {
        boolean holds;
        try (var _ = Autograd.noGrad()) {
            holds = condition.apply(x).all().itemBoolean();
        } catch (GraphException e) {
            return; // inside vmap there are no numbers to look at
        }
        if (!holds) {
            throw new ValueException(what + " " + (x.numel() > 10 ? "of shape " + x.shape() : x.detach()) + ": " + why);
        }
    }

    static void real(String what, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(
                    what + " of " + x.dtype() + ": parameters are real numbers. Convert them with to(DType.F32).");
        }
    }

    /** The parameters that broadcast to a common shape. */
    static Tensor[] broadcast(String what, Tensor a, Tensor b) {
        real(what, a);
        real(what, b);
        if (Shape.broadcast(a.shape(), b.shape()) == null) {
            throw new ShapeException(what + " with parameters of shapes " + a.shape() + " and " + b.shape()
                    + ": they do not broadcast. Give one for each distribution.");
        }
        return Tensor.broadcastTensors(a, b).toArray(Tensor[]::new);
    }

    static long[] joined(long[] a, long... b) {
        return LongStream.concat(LongStream.of(a), LongStream.of(b)).toArray();
    }
}
