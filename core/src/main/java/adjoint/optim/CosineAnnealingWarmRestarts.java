package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ValueException;
import java.util.Map;

/**
 * Lets the rate fall along half a cosine again and again, each time from the top.
 *
 * <p>Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
    private final int first;
    private final int factor;
    private final double etaMin;
    private double since; // PyTorch's T_cur: the time since the last restart
    private double length; // T_i: from that to the next

    /** Falls to 0 in {@code t0} epochs, again and again. */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0) {
        this(optimizer, t0, 1, 0);
    }

    /**
     * Falls to {@code etaMin} in {@code t0} epochs, then in {@code tMult} times as many, and so on.
     *
     * @throws ValueException if {@code t0} or {@code tMult} is less than 1
     */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
        super(optimizer);
        String name = "CosineAnnealingWarmRestarts: ";
        require(t0 > 0, name + "a first fall in " + t0 + " epochs", "it takes some. Give 1 or more.");
        require(tMult > 0, name + "falls " + tMult + " times as long", "they would not last. Give 1 or more.");
        this.first = t0;
        this.factor = tMult;
        this.etaMin = etaMin;
        this.length = t0;
        start();
    }

    @Override
    public void step() {
        since++;
        if (since >= length) {
            since %= length;
            length *= factor;
        }
        super.step();
    }

    /**
     * Goes to a place in time, also within an epoch: {@code step(epoch + (double) batch / batches)}.
     *
     * @throws ValueException if it is negative or no number
     */
    public void step(double time) {
        require(
                time >= 0 && Double.isFinite(time),
                "CosineAnnealingWarmRestarts: a step to epoch " + time,
                "time begins at 0. Give a number that is not negative.");
        length = first;
        since = time;
        if (time >= first) {
            if (factor == 1) {
                since = time % first;
            } else {
                double power = StrictMath.log(time / first * (factor - 1) + 1) / StrictMath.log(factor);
                length = first * StrictMath.pow(factor, (int) power);
                since = time - (length - first) / (factor - 1);
            }
        }
        epoch((int) Math.floor(time) - 1);
        super.step();
    }

    @Override
    void forget() {
        super.forget();
        since = 0;
        length = first;
    }

    @Override
    double next(int to, int group, double lr) {
        return etaMin + (base(group) - etaMin) * (1 + StrictMath.cos(Math.PI * since / length)) / 2;
    }

    @Override
    void save(String prefix, Map<String, Tensor> state) {
        super.save(prefix, state);
        state.put(prefix + "T_cur", Tensor.scalar(since, DType.F64));
        state.put(prefix + "T_i", Tensor.scalar(length, DType.F64));
    }

    @Override
    void load(String prefix, Map<String, Tensor> state) {
        super.load(prefix, state);
        since = state.get(prefix + "T_cur").item();
        length = state.get(prefix + "T_i").item();
    }
}
