package adjoint.nn;

import adjoint.types.ValueException;

/**
 * How a layer normalises, said in any order; what is not said is as the layer has it:
 *
 * <pre>{@code
 * new BatchNorm2d(64, Normalization.momentum(0.01));
 * new LayerNorm(512, Normalization.eps(1e-6).withoutBias());
 * new InstanceNorm2d(3, Normalization.affine().tracked());
 * }</pre>
 */
public final class Normalization {
    private Normalization() {}

    /** See {@link Options#eps}. */
    public static Options eps(double eps) {
        return Options.NONE.eps(eps);
    }

    /** See {@link Options#momentum}. */
    public static Options momentum(double momentum) {
        return Options.NONE.momentum(momentum);
    }

    /** See {@link Options#cumulative}. */
    public static Options cumulative() {
        return Options.NONE.cumulative();
    }

    /** See {@link Options#affine}. */
    public static Options affine() {
        return Options.NONE.affine();
    }

    /** See {@link Options#withoutAffine}. */
    public static Options withoutAffine() {
        return Options.NONE.withoutAffine();
    }

    /** See {@link Options#withoutBias}. */
    public static Options withoutBias() {
        return Options.NONE.withoutBias();
    }

    /** See {@link Options#tracked}. */
    public static Options tracked() {
        return Options.NONE.tracked();
    }

    /** See {@link Options#untracked}. */
    public static Options untracked() {
        return Options.NONE.untracked();
    }

    /** All that can be set. Immutable: each method gives new options. */
    public static final class Options {
        static final Options NONE = new Options(null, 0.1, null, true, null);

        private final Double eps;
        private final double momentum;
        private final Boolean affine;
        private final boolean bias;
        private final Boolean tracked;

        private Options(Double eps, double momentum, Boolean affine, boolean bias, Boolean tracked) {
            this.eps = eps;
            this.momentum = momentum;
            this.affine = affine;
            this.bias = bias;
            this.tracked = tracked;
        }

        /** What is added to the variance before it is divided by. PyTorch: {@code eps}. */
        public Options eps(double value) {
            return new Options(value, momentum, affine, bias, tracked);
        }

        /**
         * How far running means and variances go towards those of a batch, from 0 to 1; 0.1 if nothing is said. Of
         * layers that track them.
         *
         * @throws ValueException if it is NaN; PyTorch's None is {@link #cumulative}
         */
        public Options momentum(double value) {
            if (Double.isNaN(value)) {
                throw new ValueException("momentum: NaN: running values would be lost. Give a number from 0 to 1.");
            }
            return new Options(eps, value, affine, bias, tracked);
        }

        /** Running values are the plain averages over all batches seen. PyTorch: {@code momentum=None}. */
        public Options cumulative() {
            return new Options(eps, Double.NaN, affine, bias, tracked);
        }

        /** Weights and biases are learned. */
        public Options affine() {
            return new Options(eps, momentum, true, bias, tracked);
        }

        /** There is neither weight nor bias. PyTorch: {@code affine=False}, {@code elementwise_affine=False}. */
        public Options withoutAffine() {
            return new Options(eps, momentum, false, bias, tracked);
        }

        /** There is a weight but no bias. PyTorch: {@code bias=False}. */
        public Options withoutBias() {
            return new Options(eps, momentum, affine, false, tracked);
        }

        /** Running means and variances are kept, and used when the layer is in use. */
        public Options tracked() {
            return new Options(eps, momentum, affine, bias, true);
        }

        /** There are no running values: those of the batch always. PyTorch: {@code track_running_stats=False}. */
        public Options untracked() {
            return new Options(eps, momentum, affine, bias, false);
        }

        double epsOr(double otherwise) {
            return eps == null ? otherwise : eps;
        }

        /** NaN for averages over all batches. */
        double momentum() {
            return momentum;
        }

        boolean hasWeight(boolean otherwise) {
            return affine == null ? otherwise : affine;
        }

        boolean hasBias(boolean otherwise) {
            return bias && hasWeight(otherwise);
        }

        boolean isTracked(boolean otherwise) {
            return tracked == null ? otherwise : tracked;
        }
    }
}
