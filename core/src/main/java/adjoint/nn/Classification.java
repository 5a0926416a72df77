package adjoint.nn;

import adjoint.op.Binary;
import adjoint.op.InRange;
import adjoint.op.Parametric;
import adjoint.tensor.Dim;
import adjoint.tensor.Engine;
import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/**
 * Losses of predicted classes: {@code [N, C]}, {@code [N, C, d₁, …]}, or {@code [C]} for one example. Targets are class
 * numbers, of the input's shape without C, or distributions of its shape.
 */
final class Classification {
    private Classification() {}

    private static int classDim(Shape input) {
        return input.rank() == 1 ? 0 : 1;
    }

    private static void checkInput(String name, Tensor input) {
        if (input.shape().rank() == 0) {
            throw new ShapeException(name + ": of a single number: it is about one of several classes."
                    + " The input is [N, C], or [C] for one example.");
        }
        if (!input.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + input.dtype() + " input: logarithms of probabilities are real"
                    + " numbers. Convert it with to(DType.F32).");
        }
    }

    private static void checkWeight(String name, Tensor input, Tensor weight) {
        if (weight == null) {
            return;
        }
        long classes = input.size(classDim(input.shape()));
        if (weight.shape().rank() != 1 || weight.size(0) != classes) {
            throw new ShapeException(name + ": input " + input.shape() + " with weight " + weight.shape()
                    + ": it is a vector of one number for each of the " + classes + " classes. Reshape it.");
        }
    }

    // ---------------------------------------------------------------- class numbers

    static Tensor nll(Tensor input, Tensor target, Tensor weight, long ignoreIndex, Reduction reduction) {
        checkInput("nllLoss", input);
        return new Classes("nllLoss", input, target, weight, ignoreIndex).nll(input, reduction);
    }

    /** What the target's classes are, and which count. */
    private static final class Classes {
        private final int dim;
        private final Tensor weight;
        private final Tensor counts; // truth values of the target's shape
        private final Tensor classes; // the target's, 0 where they do not count

        Classes(String name, Tensor input, Tensor target, Tensor weight, long ignoreIndex) {
            this.dim = classDim(input.shape());
            this.weight = weight;
            checkTarget(name, input.shape(), target);
            checkWeight(name, input, weight);
            if (weight != null && weight.dtype() != input.dtype()) {
                throw new DTypeException(name + ": of a " + input.dtype() + " input with " + weight.dtype()
                        + " weights: the types differ. Convert the weights with to(…).");
            }
            Tensor given = (input.shape().rank() == 1 ? target.reshape() : target).to(DType.I64);
            this.counts = given.ne(ignoreIndex);
            this.classes = Tensor.where(counts, given, 0L);
            long count = input.size(dim);
            Engine.run(
                    new InRange(
                            name + ": input " + input.shape() + " with the class",
                            InRange.What.POSITION,
                            0,
                            count - 1.0,
                            "there are " + count
                                    + " classes, counted from 0. Check the target, or the last layer's size."),
                    classes);
        }

        private static void checkTarget(String name, Shape input, Tensor target) {
            if (target.dtype() != DType.I64 && target.dtype() != DType.U8) {
                throw new DTypeException(name + ": with a " + target.dtype()
                        + " target: class numbers are int64. Convert them with to(DType.I64); distributions have the"
                        + " input's shape.");
            }
            Shape own = target.shape();
            boolean fits = input.rank() == 1 ? own.rank() <= 1 && own.numel() == 1 : own.equals(without(input, 1));
            if (!fits) {
                throw new ShapeException(name + ": input " + input + " with target " + own
                        + ": there is one class number for each distribution, so the target is "
                        + (input.rank() == 1 ? "one number" : without(input, 1)) + ". Reshape it.");
            }
        }

        private static Shape without(Shape shape, int dim) {
            long[] sizes = new long[shape.rank() - 1];
            for (int d = 0; d < sizes.length; d++) {
                sizes[d] = shape.size(d < dim ? d : d + 1);
            }
            return Shape.of(sizes);
        }

        /** The values at the classes, weighted, negated; 0 where they do not count. */
        Tensor nll(Tensor logs, Reduction reduction) {
            Tensor picked = logs.gather(dim, classes.unsqueeze(dim)).squeeze(dim);
            Tensor weighted = weight == null ? picked : picked.mul(weight.at(Index.of(classes)));
            Tensor each = Tensor.where(counts, weighted.neg(), 0.0);
            int rank = logs.shape().rank();
            String name = rank < 3 ? "NllLossBackward0" : "NllLoss2DBackward0";
            boolean flattened = reduction == Reduction.NONE && rank != 4 && rank > 2;
            return Engine.named(reduce(each, reduction), flattened ? "ViewBackward0" : name);
        }

        /** The mean is by weight, of those that count. */
        Tensor reduce(Tensor each, Reduction reduction) {
            if (reduction != Reduction.MEAN) {
                return Losses.reduce(each, reduction);
            }
            Tensor share =
                    weight == null ? counts.to(each.dtype()) : Tensor.where(counts, weight.at(Index.of(classes)), 0.0);
            return each.sum().div(share.sum());
        }

        /** What a target that is spread evenly adds: the sums over the classes. */
        Tensor smooth(Tensor logs, Reduction reduction) {
            Tensor weighted = weight == null ? logs : logs.mul(along(weight, logs));
            Tensor each = Tensor.where(counts, weighted.sum(dim).neg(), 0.0);
            return reduce(each, reduction);
        }
    }

    /** A vector over the classes, so that it broadcasts. */
    private static Tensor along(Tensor weight, Tensor input) {
        int dim = classDim(input.shape());
        long[] sizes = new long[input.shape().rank() - dim];
        Arrays.fill(sizes, 1);
        sizes[0] = weight.size(0);
        return weight.reshape(sizes);
    }

    static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyLoss options) {
        String name = "crossEntropy";
        checkInput(name, input);
        if (target.dtype().isFloating() && target.shape().equals(input.shape())) {
            return ofDistributions(input, target, options);
        }
        var classes = new Classes(name, input, target, options.weight(), options.ignoreIndex());
        int dim = classDim(input.shape());
        Tensor logs = input.logSoftmax(dim);
        Tensor sharp = classes.nll(logs, options.reduction());
        double smoothing = options.labelSmoothing();
        if (smoothing == 0) {
            return sharp;
        }
        return sharp.mul(1 - smoothing)
                .add(classes.smooth(logs, options.reduction()).mul(smoothing / input.size(dim)));
    }

    // ---------------------------------------------------------------- distributions

    private static Tensor ofDistributions(Tensor input, Tensor target, CrossEntropyLoss options) {
        checkWeight("crossEntropy", input, options.weight());
        if (options.ignoreIndex() >= 0) {
            throw new ValueException("crossEntropy: with ignoreIndex " + options.ignoreIndex()
                    + " and a target of probabilities: there are no class numbers to ignore. Leave it out.");
        }
        int dim = classDim(input.shape());
        double smoothing = options.labelSmoothing();
        Tensor wanted = smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / input.size(dim));
        Tensor each = input.logSoftmax(dim).mul(wanted);
        if (options.weight() != null) {
            each = each.mul(along(options.weight(), input));
        }
        return switch (options.reduction()) {
            case NONE -> each.sum(dim).neg();
            case SUM -> each.sum().neg();
            case MEAN, BATCH_MEAN -> {
                double examples = options.reduction() == Reduction.MEAN
                        ? (double) input.numel() / input.size(dim)
                        : input.shape().rank() == 1 ? 1 : input.size(0);
                yield Engine.named(each.sum().div(-examples), "DivBackward1");
            }
        };
    }

    // ---------------------------------------------------------------- margins

    /** {@code [N, C]} of {@code [N, C]}, {@code [C]} or a single number. */
    private static Tensor rows(String name, Tensor input) {
        int rank = input.shape().rank();
        if (rank > 2 || (rank > 0 && input.size(-1) == 0)) {
            throw new ShapeException(name + ": of " + input.shape()
                    + ": the input is [N, C] of at least one class, or [C] for one example. Reshape it.");
        }
        return rank == 2 ? input : input.reshape(1, input.numel());
    }

    private static void checkClasses(String name, Tensor input, Tensor target, double least) {
        if (target.dtype() != DType.I64) {
            throw new DTypeException(name + ": with a " + target.dtype()
                    + " target: class numbers are int64. Convert them with to(DType.I64).");
        }
        long classes = input.size(1);
        String advice =
                "there are " + classes + " classes, counted from 0. Check the target, or the last layer's size.";
        Engine.run(new InRange(name + ": with the class", InRange.What.POSITION, least, classes - 1.0, advice), target);
    }

    static Tensor multiMargin(Tensor input, Tensor target, MultiMarginLoss options) {
        String name = "multiMarginLoss";
        Tensor rows = rows(name, input);
        long n = rows.size(0);
        if (target.shape().rank() > 1 || target.numel() != n) {
            throw new ShapeException(name + ": input " + input.shape() + " with target " + target.shape()
                    + ": there is one class number for each of the " + n + " examples. Reshape it.");
        }
        checkWeight(name, rows, options.weight());
        checkClasses(name, rows, target, 0);
        Tensor own = target.reshape(n, 1);
        Tensor terms = Losses.each(Parametric.MULTI_MARGIN_LOSS.with(options.margin()), rows, rows.gather(1, own));
        terms = options.power() == 2 ? terms.square() : terms;
        if (options.weight() != null) {
            terms = terms.mul(options.weight().at(Index.of(own)));
        }
        Tensor others = Tensor.arange(rows.size(1)).ne(own);
        Tensor each = Tensor.where(others, terms, 0.0).sum(1).div((double) rows.size(1));
        Tensor shaped = each.reshape(target.shape().sizes());
        return Engine.named(Losses.reduce(shaped, options.reduction()), "MultiMarginLossBackward0");
    }

    /** The target lists an example's classes, up to the first −1. */
    static Tensor multiLabelMargin(Tensor input, Tensor target, Reduction reduction) {
        String name = "multiLabelMarginLoss";
        Tensor rows = rows(name, input);
        if (!input.shape().equals(target.shape())) {
            throw new ShapeException(name + ": input " + input.shape() + " with target " + target.shape()
                    + ": the target lists the classes of each example and ends in −1, so the shapes are equal."
                    + " Pad it with −1.");
        }
        Tensor lists = target.reshape(rows.shape().sizes());
        checkClasses(name, rows, lists, -1);
        long classes = rows.size(1);
        Tensor listed = lists.eq(-1L).cumsum(1).eq(0L); // [N, k]
        Tensor named = Tensor.where(listed, lists, 0L);
        Tensor isNamed = named.unsqueeze(2)
                .eq(Tensor.arange(classes))
                .logicalAnd(listed.unsqueeze(2))
                .any(new int[] {1}, Dim.KEEP); // [N, 1, C]
        Tensor terms = Losses.each(
                Parametric.MULTI_MARGIN_LOSS.with(1),
                rows.unsqueeze(1),
                rows.gather(1, named).unsqueeze(2)); // [N, k, C]
        Tensor counted = listed.unsqueeze(2).logicalAnd(isNamed.logicalNot());
        Tensor each = Tensor.where(counted, terms, 0.0).sum(1, 2).div((double) classes);
        Tensor shaped = input.shape().rank() < 2 ? each.reshape() : each;
        return Engine.named(Losses.reduce(shaped, reduction), "MultilabelMarginLossBackward0");
    }

    static Tensor multiLabelSoftMargin(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        if (input.shape().rank() == 0) {
            throw new ShapeException("multiLabelSoftMarginLoss: of a single number: the last dimension is the classes."
                    + " Reshape it to [1].");
        }
        Tensor each = Losses.each(
                Binary.BINARY_CROSS_ENTROPY_WITH_LOGITS,
                Activations.checkReal("multiLabelSoftMarginLoss", input),
                target);
        Tensor weighted = weight == null ? each : each.mul(weight);
        Tensor means = weighted.sum(-1).div((double) input.size(-1));
        return Losses.reduce(means, reduction);
    }
}
