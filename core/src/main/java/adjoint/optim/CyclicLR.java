package adjoint.optim;

import adjoint.types.ValueException;
import java.util.function.DoubleUnaryOperator;

/**
 * Lets the rate rise and fall evenly, again and again, and momentum fall and rise.
 *
 * <p>Smith, "Cyclical Learning Rates for Training Neural Networks", 2017.
 */
public final class CyclicLR extends LRScheduler {
    /** What becomes of a cycle's height. */
    public enum Mode {
        /** It stays. */
        TRIANGULAR,
        /** Each cycle is half as high as the one before. */
        TRIANGULAR2,
        /** It falls by the factor gamma in every step. */
        EXP_RANGE
    }

    /** What a height's own function is of. */
    public enum ScaleMode {
        /** The number of the cycle; the first is 1. */
        CYCLE,
        /** The number of the step; the first is 0. */
        ITERATIONS
    }

    /** How the rate goes round. */
    public static final class Options {
        private final double[] baseLr;
        private final double[] maxLr;
        private int up = 2000;
        private int down = -1;
        private Mode mode = Mode.TRIANGULAR;
        private double gamma = 1;
        private DoubleUnaryOperator scale;
        private ScaleMode scaleMode = ScaleMode.CYCLE;
        private boolean cycleMomentum = true;
        private double baseMomentum = 0.8;
        private double maxMomentum = 0.9;

        /** Between two rates, up in 2,000 steps and down in as many. */
        public Options(double baseLr, double maxLr) {
            this(new double[] {baseLr}, new double[] {maxLr});
        }

        /** Between two rates for each group. */
        public Options(double[] baseLr, double[] maxLr) {
            this.baseLr = baseLr.clone();
            this.maxLr = maxLr.clone();
        }

        /** Up and down in this many steps each. */
        public Options stepSize(int steps) {
            return stepSizes(steps, steps);
        }

        /**
         * Up and down in so many steps.
         *
         * @throws ValueException if one is less than 1
         */
        public Options stepSizes(int rising, int falling) {
            require(
                    rising > 0 && falling > 0,
                    "CyclicLR: up in " + rising + " steps and down in " + falling,
                    "both take some. Give 1 or more.");
            up = rising;
            down = falling;
            return this;
        }

        /** What becomes of a cycle's height. */
        public Options mode(Mode value) {
            mode = value;
            return this;
        }

        /** By what the height falls in every step, in mode {@link Mode#EXP_RANGE}. */
        public Options gamma(double value) {
            gamma = value;
            return this;
        }

        /** The height as a function of one's own, which is then multiplied. PyTorch: {@code scale_fn}. */
        public Options scale(DoubleUnaryOperator function, ScaleMode of) {
            scale = function;
            scaleMode = of;
            return this;
        }

        /** The least momentum, at the largest rate, and the largest, at the least; usually 0.8 and 0.9. */
        public Options momentum(double base, double max) {
            cycleMomentum = true;
            baseMomentum = base;
            maxMomentum = max;
            return this;
        }

        /** Leaves momentum as it is. PyTorch: {@code cycle_momentum=False}. */
        public Options fixedMomentum() {
            cycleMomentum = false;
            return this;
        }
    }

    private final double[] maxLr;
    private final double size;
    private final double ratio;
    private final DoubleUnaryOperator scale;
    private final ScaleMode scaleMode;
    private final Momenta momenta;

    /**
     * Begins a cycle.
     *
     * @throws ValueException if there are not as many rates as groups, or momentum is to change and the optimizer has none
     */
    public CyclicLR(Optimizer optimizer, Options options) {
        super(optimizer);
        double[] baseLr = each("CyclicLR: base_lr", optimizer, options.baseLr);
        maxLr = each("CyclicLR: max_lr", optimizer, options.maxLr);
        momenta = options.cycleMomentum
                ? Momenta.of("CyclicLR", optimizer, options.baseMomentum, options.maxMomentum)
                : null;
        size = options.up + (options.down < 0 ? options.up : options.down);
        ratio = options.up / size;
        double gamma = options.gamma;
        scaleMode = options.scale != null
                ? options.scaleMode
                : options.mode == Mode.EXP_RANGE ? ScaleMode.ITERATIONS : ScaleMode.CYCLE;
        scale = options.scale != null
                ? options.scale
                : switch (options.mode) {
                    case TRIANGULAR -> _ -> 1;
                    case TRIANGULAR2 -> cycle -> 1 / StrictMath.pow(2, cycle - 1);
                    case EXP_RANGE -> step -> StrictMath.pow(gamma, step);
                };
        for (int i = 0; i < baseLr.length; i++) {
            base(i, baseLr[i]);
            optimizer.groups().get(i).initialLr(baseLr[i]);
        }
        start();
    }

    /** How much of the way up from the base it is in a step. */
    private double height(int step) {
        double cycle = Math.floor(1 + step / size);
        double x = 1 + step / size - cycle;
        double part = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
        return part * scale.applyAsDouble(scaleMode == ScaleMode.CYCLE ? cycle : step);
    }

    @Override
    double next(int to, int group, double lr) {
        return base(group) + (maxLr[group] - base(group)) * height(to);
    }

    @Override
    void adjust(int to, ParameterGroup group, int i) {
        if (momenta != null) {
            double max = momenta.max()[i];
            group.schedule(momenta.setting(), max - (max - momenta.base()[i]) * height(to));
        }
    }
}
