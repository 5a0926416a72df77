package adjoint.optim;

import adjoint.types.ValueException;

/**
 * One rise of the rate from a small one to the largest, and a long fall to next to nothing, while momentum falls and
 * rises. Makes a step after every batch, not every epoch.
 *
 * <p>Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2019.
 */
public final class OneCycleLR extends LRScheduler {
    /** How a rate goes from one to another. */
    public enum Anneal {
        /** Along half a cosine. */
        COS,
        /** Evenly. */
        LINEAR
    }

    /** How the cycle goes. */
    public static final class Options {
        private final int totalSteps;
        private final double[] maxLr;
        private double start = 0.3;
        private Anneal anneal = Anneal.COS;
        private boolean cycleMomentum = true;
        private double baseMomentum = 0.85;
        private double maxMomentum = 0.95;
        private double div = 25;
        private double finalDiv = 1e4;
        private boolean threePhase;

        /**
         * A cycle of {@code totalSteps} steps up to {@code maxLr}: one for all groups, or one for each.
         *
         * @throws ValueException if there is no step
         */
        public Options(int totalSteps, double... maxLr) {
            require(
                    totalSteps > 0,
                    "OneCycleLR: a cycle of " + totalSteps + " steps",
                    "it takes some. Give 1 or more.");
            this.totalSteps = totalSteps;
            this.maxLr = maxLr.clone();
        }

        /**
         * Sets which part of the steps the rise takes; usually 0.3. PyTorch: {@code pct_start}.
         *
         * @throws ValueException if it is not from 0 to 1
         */
        public Options pctStart(double part) {
            require(
                    part >= 0 && part <= 1,
                    "OneCycleLR: a rise in " + part + " of the steps",
                    "it is a part of them." + " Give a number from 0 to 1.");
            start = part;
            return this;
        }

        /** How the rate goes from one to another. */
        public Options anneal(Anneal strategy) {
            anneal = strategy;
            return this;
        }

        /** The least momentum, at the largest rate, and the largest; usually 0.85 and 0.95. */
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

        /** The first rate is the largest divided by this; usually 25. */
        public Options divFactor(double value) {
            div = value;
            return this;
        }

        /** The last rate is the first divided by this; usually 10,000. */
        public Options finalDivFactor(double value) {
            finalDiv = value;
            return this;
        }

        /** Falls to the first rate as it rose, and only then to the last. */
        public Options threePhase() {
            threePhase = true;
            return this;
        }
    }

    /** Which of the rates, and which of the momenta, a phase goes from and to. */
    private enum Level {
        INITIAL,
        MAX,
        MIN
    }

    private record Phase(double end, Level from, Level to) {}

    private final int totalSteps;
    private final Phase[] phases;
    private final Anneal anneal;
    private final double[] maxLr;
    private final double finalDiv;
    private final Momenta momenta;

    /** Rises for three tenths of the steps up to {@code maxLr}. */
    public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
        this(optimizer, new Options(totalSteps, maxLr));
    }

    /**
     * Begins the cycle.
     *
     * @throws ValueException if there are not as many rates as groups, or momentum is to change and the optimizer has none
     */
    public OneCycleLR(Optimizer optimizer, Options options) {
        super(optimizer);
        totalSteps = options.totalSteps;
        anneal = options.anneal;
        finalDiv = options.finalDiv;
        maxLr = each("OneCycleLR: max_lr", optimizer, options.maxLr);
        momenta = options.cycleMomentum
                ? Momenta.of("OneCycleLR", optimizer, options.baseMomentum, options.maxMomentum)
                : null;
        double rise = options.start * totalSteps;
        var first = new Phase(rise - 1, Level.INITIAL, Level.MAX);
        phases = options.threePhase
                ? new Phase[] {
                    first,
                    new Phase(2 * options.start * totalSteps - 2, Level.MAX, Level.INITIAL),
                    new Phase(totalSteps - 1, Level.INITIAL, Level.MIN)
                }
                : new Phase[] {first, new Phase(totalSteps - 1, Level.MAX, Level.MIN)};
        for (int i = 0; i < maxLr.length; i++) {
            base(i, maxLr[i] / options.div);
            optimizer.groups().get(i).initialLr(base(i));
        }
        start();
    }

    @Override
    void check(int to) {
        require(
                to <= totalSteps,
                "OneCycleLR: step " + to + " of " + totalSteps,
                "the cycle is over. Give it as many steps as there are batches in all epochs.");
    }

    @Override
    double next(int to, int group, double lr) {
        return between(to, level -> switch (level) {
            case INITIAL -> base(group);
            case MAX -> maxLr[group];
            case MIN -> base(group) / finalDiv;
        });
    }

    @Override
    void adjust(int to, ParameterGroup group, int i) {
        if (momenta != null) {
            double momentum = between(to, level -> level == Level.MAX ? momenta.base()[i] : momenta.max()[i]);
            group.schedule(momenta.setting(), momentum);
        }
    }

    private interface Values {
        double at(Level level);
    }

    private double between(int step, Values values) {
        double begin = 0;
        int k = 0;
        while (k < phases.length - 1 && step > phases[k].end) {
            begin = phases[k++].end;
        }
        Phase phase = phases[k];
        double from = values.at(phase.from);
        double to = values.at(phase.to);
        double part = phase.end == begin ? 1 : (step - begin) / (phase.end - begin);
        return anneal == Anneal.LINEAR
                ? (to - from) * part + from
                : to + (from - to) / 2 * (StrictMath.cos(Math.PI * part) + 1);
    }
}
