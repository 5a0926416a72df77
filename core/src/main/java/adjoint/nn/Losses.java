package adjoint.nn;

import adjoint.op.Binary;
import adjoint.op.Elementwise;
import adjoint.op.InRange;
import adjoint.op.Parametric;
import adjoint.op.SumOf;
import adjoint.op.Ternary;
import adjoint.op.Unary;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Losses of single elements, and what all losses have in common. Each is one pass before it is reduced. */
final class Losses {
    private Losses() {}

    static Tensor reduce(Tensor each, Reduction reduction) {
        return switch (reduction) {
            case MEAN -> each.mean();
            case SUM -> each.sum();
            case BATCH_MEAN ->
                each.shape().rank() == 0 ? each.clone() : each.sum().div((double) each.size(0));
            case NONE -> each;
        };
    }

    /** The reduced loss under PyTorch's name, whichever the reduction. */
    private static Tensor named(Tensor each, Reduction reduction, String gradName) {
        return Engine.named(reduce(each, reduction), gradName);
    }

    /** The reduced loss of each element; as one pass where only its sum is wanted. */
    private static Tensor reduced(Elementwise op, Reduction reduction, Tensor... in) {
        if (reduction == Reduction.NONE || !SumOf.fits(op, in)) {
            return reduce(Engine.run(op, in), reduction);
        }
        Tensor sum = Engine.run(new SumOf(op, in[0].shape()), in);
        return switch (reduction) {
            case MEAN -> Engine.named(sum.div((double) in[0].numel()), "MeanBackward0");
            case BATCH_MEAN -> in[0].shape().rank() == 0 ? sum : sum.div((double) in[0].size(0));
            default -> sum;
        };
    }

    /** Of operands of any types, of which at least one is real. */
    static Tensor each(Elementwise op, Tensor... in) {
        DType type = Arrays.stream(in).map(Tensor::dtype).reduce(DType::promote).orElseThrow();
        if (!type.isFloating()) {
            throw new DTypeException(op.opName() + ": of "
                    + Arrays.toString(Arrays.stream(in).map(Tensor::dtype).toArray())
                    + " tensors: a loss is a real number. Convert one with to(DType.F32).");
        }
        Tensor[] alike = Arrays.stream(in).map(t -> t.to(type)).toArray(Tensor[]::new);
        return Engine.run(op, alike);
    }

    static Tensor each(Elementwise.Row row, Tensor... in) {
        return each(row.op(), in);
    }

    static void checkSameShape(String name, Tensor input, Tensor target) {
        if (!input.shape().equals(target.shape())) {
            throw new ShapeException(name + ": input " + input.shape() + " against target " + target.shape()
                    + ": the shapes differ, and broadcasting would compare every prediction with every target."
                    + " Reshape the target to " + input.shape() + ".");
        }
    }

    /** A weight for each element, or several that share one. */
    private static Tensor weighted(String name, Tensor each, Tensor weight) {
        if (weight == null) {
            return each;
        }
        if (!each.shape().equals(Shape.broadcast(each.shape(), weight.shape()))) {
            throw new ShapeException(name + ": losses of shape " + each.shape() + " with weight " + weight.shape()
                    + ": it does not broadcast to them. Reshape the weight.");
        }
        return each.mul(weight.to(each.dtype()));
    }

    // ---------------------------------------------------------------- differences

    static Tensor mse(Tensor input, Tensor target, Reduction reduction) {
        checkSameShape("mseLoss", input, target);
        if (input.dtype() != target.dtype() || !input.dtype().isFloating()) {
            return named(input.squaredDifference(target), reduction, "MseLossBackward0");
        }
        return Engine.named(reduced(Binary.SQUARED_DIFFERENCE.op(), reduction, input, target), "MseLossBackward0");
    }

    static Tensor mse(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        checkSameShape("mseLoss", input, target);
        return weightedMean("mseLoss", input.squaredDifference(target), weight, reduction);
    }

    static Tensor l1(Tensor input, Tensor target, Reduction reduction) {
        DType type = absoluteType(input, target);
        return reduced(Binary.ABSOLUTE_DIFFERENCE.op(), reduction, input.to(type), target.to(type));
    }

    static Tensor l1(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        return weightedMean("l1Loss", absolute(input, target), weight, reduction);
    }

    private static Tensor absolute(Tensor input, Tensor target) {
        DType type = absoluteType(input, target);
        return Engine.run(Binary.ABSOLUTE_DIFFERENCE, input.to(type), target.to(type));
    }

    private static DType absoluteType(Tensor input, Tensor target) {
        checkSameShape("l1Loss", input, target);
        DType type = DType.promote(input.dtype(), target.dtype());
        if (type == DType.BOOL) {
            throw new DTypeException("l1Loss: of two bool tensors: a difference of truth values has no meaning."
                    + " Convert them with to(DType.F32).");
        }
        return type;
    }

    /** The mean weighs as the sum does. */
    private static Tensor weightedMean(String name, Tensor each, Tensor weight, Reduction reduction) {
        checkWeight(name, each, weight);
        Tensor weighted = each.mul(weight);
        return reduction == Reduction.MEAN ? weighted.sum().div(weight.sum()) : reduce(weighted, reduction);
    }

    private static void checkWeight(String name, Tensor each, Tensor weight) {
        if (!each.shape().equals(weight.shape())) {
            throw new ShapeException(name + ": input " + each.shape() + " with weight " + weight.shape()
                    + ": each element has a weight of its own, so the shapes are equal. Expand the weight.");
        }
    }

    static Tensor smoothL1(Tensor input, Tensor target, double beta, Reduction reduction) {
        if (!(beta >= 0)) {
            throw new ValueException("smoothL1Loss: with beta " + beta
                    + ": it is the difference below which the loss is a square. Give a number from 0.");
        }
        if (beta == 0) {
            return l1(input, target, reduction);
        }
        checkSameShape("smoothL1Loss", input, target);
        return named(each(Parametric.SMOOTH_L1_LOSS.with(beta), input, target), reduction, "SmoothL1LossBackward0");
    }

    static Tensor huber(Tensor input, Tensor target, double delta, Reduction reduction) {
        return named(hubers(input, target, delta), reduction, "HuberLossBackward0");
    }

    static Tensor huber(Tensor input, Tensor target, Tensor weight, double delta, Reduction reduction) {
        Tensor each = hubers(input, target, delta);
        checkWeight("huberLoss", each, weight);
        return reduce(each.mul(weight), reduction);
    }

    private static Tensor hubers(Tensor input, Tensor target, double delta) {
        if (!(delta > 0)) {
            throw new ValueException("huberLoss: with delta " + delta
                    + ": it is the difference up to which the loss is a square. Give a number above 0.");
        }
        checkSameShape("huberLoss", input, target);
        return each(Parametric.HUBER_LOSS.with(delta), input, target);
    }

    // ---------------------------------------------------------------- likelihoods

    static Tensor binaryCrossEntropy(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        String name = "binaryCrossEntropy";
        checkSameShape(name, input, target);
        if (!input.dtype().isFloating() || input.dtype() != target.dtype()) {
            throw new DTypeException(name + ": of a " + input.dtype() + " input and a " + target.dtype()
                    + " target: both are probabilities and of one type. Convert with to(DType.F32).");
        }
        String advice = "it has to be from 0 to 1. Apply sigmoid, or use the loss with logits.";
        Engine.run(new InRange(name + ": a probability of", InRange.What.VALUE, 0, 1, advice), input);
        Engine.run(new InRange(name + ": a target of", InRange.What.VALUE, 0, 1, advice), target);
        Tensor each = Engine.run(Binary.BINARY_CROSS_ENTROPY, input, target);
        return named(weighted(name, each, weight), reduction, "BinaryCrossEntropyBackward0");
    }

    static Tensor withLogits(Tensor input, Tensor target, Tensor weight, Tensor posWeight, Reduction reduction) {
        String name = "binaryCrossEntropyWithLogits";
        checkSameShape(name, input, target);
        if (!input.dtype().isFloating() || !target.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + input.dtype() + " input and a " + target.dtype()
                    + " target: both are real numbers. Convert with to(DType.F32).");
        }
        if (posWeight != null && !input.shape().equals(Shape.broadcast(input.shape(), posWeight.shape()))) {
            throw new ShapeException(name + ": input " + input.shape() + " with posWeight " + posWeight.shape()
                    + ": it does not broadcast to the input. Give one for each class, the last dimension.");
        }
        Tensor each = posWeight == null
                ? each(Binary.BINARY_CROSS_ENTROPY_WITH_LOGITS, input, target)
                : each(Ternary.WEIGHTED_CROSS_ENTROPY_WITH_LOGITS, input, target, posWeight);
        return named(weighted(name, each, weight), reduction, "BinaryCrossEntropyWithLogitsBackward0");
    }

    static Tensor softMargin(Tensor input, Tensor target, Reduction reduction) {
        return named(each(Binary.SOFT_MARGIN_LOSS, input, target), reduction, "SoftMarginLossBackward0");
    }

    /** With a target that is a distribution, or the logarithm of one. */
    static Tensor klDiv(Tensor input, Tensor target, boolean logarithm, Reduction reduction) {
        if (!input.dtype().isFloating() || !target.dtype().isFloating()) {
            throw new DTypeException("klDiv: of a " + input.dtype() + " input and a " + target.dtype()
                    + " target: both are real numbers. Convert with to(DType.F32).");
        }
        Tensor each = each(logarithm ? Binary.KL_DIV_LOG : Binary.KL_DIV, input, target);
        return reduction == Reduction.NONE
                ? Engine.named(each, logarithm ? "MulBackward0" : "SubBackward0")
                : reduce(each, reduction);
    }

    static Tensor poisson(Tensor each, Tensor target, boolean full, Reduction reduction) {
        Tensor all = full ? each.add(Engine.run(Unary.STIRLING, target.to(each.dtype()))) : each;
        return reduction == Reduction.NONE
                ? Engine.named(all, full ? "AddBackward0" : "SubBackward0")
                : reduce(all, reduction);
    }

    static Tensor gaussian(Tensor input, Tensor target, Tensor var, boolean full, double eps, Reduction reduction) {
        String advice = "a variance is not negative. Square it, or apply softplus.";
        Engine.run(
                new InRange("gaussianNllLoss: a variance of", InRange.What.VALUE, 0, Double.POSITIVE_INFINITY, advice),
                var);
        Tensor fitting = fitting(input.shape(), var.dtype().isFloating() ? var : var.to(DType.F32));
        Tensor each = each(Ternary.GAUSSIAN_NLL_LOSS, input, target, Distances.atLeast(fitting, eps));
        Tensor all = full ? each.add(0.5 * Math.log(2 * Math.PI)) : each;
        return reduction == Reduction.NONE
                ? Engine.named(all, full ? "AddBackward0" : "MulBackward0")
                : reduce(all, reduction);
    }

    /** The variances of all elements, or such as are shared along one dimension. */
    private static Tensor fitting(Shape input, Tensor var) {
        Shape own = var.shape();
        int rank = input.rank();
        if (own.equals(input)) {
            return var;
        }
        if (rank == own.rank() + 1 && Arrays.equals(own.sizes(), Arrays.copyOf(input.sizes(), rank - 1))) {
            return var.unsqueeze(-1);
        }
        int shared = 0;
        boolean fits = own.rank() == rank;
        for (int d = 0; fits && d < rank; d++) {
            boolean same = own.size(d) == input.size(d);
            fits = same || own.size(d) == 1;
            shared += same ? 0 : 1;
        }
        if (!fits || shared != 1) {
            throw new ShapeException("gaussianNllLoss: input " + input + " with variances " + own
                    + ": they are the input's, or shared along one dimension, which then has size 1. Reshape them.");
        }
        return var;
    }
}
