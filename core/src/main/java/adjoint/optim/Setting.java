package adjoint.optim;

import adjoint.types.ValueException;
import java.util.function.DoublePredicate;

/**
 * A number that steers an optimizer: its name, which is PyTorch's, and the values that it may have. What several
 * optimizers know is here; what one alone knows is a constant of its class ({@link SGD#DAMPENING}).
 */
public final class Setting {
    /** How far a step goes. */
    public static final Setting LR = notNegative("lr", "Usual are 0.001 to 0.1");

    /** What part of the parameter is taken off, or added to its gradient. */
    public static final Setting WEIGHT_DECAY = notNegative("weight_decay", "Usual are 0 to 0.1");

    /** Whether parameters are moved to where the objective is larger. */
    public static final Setting MAXIMIZE = flag("maximize");

    /** What part of the previous direction is kept. */
    public static final Setting MOMENTUM = notNegative("momentum", "Usual is 0.9");

    /** What part of the mean of the gradients is kept in a step. */
    public static final Setting BETA1 = fraction("beta1", "Usual is 0.9");

    /** What part of the mean of their squares is kept in a step. */
    public static final Setting BETA2 = fraction("beta2", "Usual is 0.999");

    /** What is added to a divisor, so that it is not zero. */
    public static final Setting EPS = notNegative("eps", "Usual is 1e-8");

    /** Whether weight decay shrinks the parameter itself rather than adding to its gradient. */
    public static final Setting DECOUPLED = flag("decoupled_weight_decay");

    private final String name;
    private final DoublePredicate allowed;
    private final String range;
    private final String advice;

    private Setting(String name, DoublePredicate allowed, String range, String advice) {
        this.name = name;
        this.allowed = allowed;
        this.range = range;
        this.advice = advice;
    }

    /**
     * A setting for an optimizer of one's own.
     *
     * @param range completes "it has to be …"
     * @param advice a sentence without its full stop: which values are usual
     */
    public static Setting of(String name, DoublePredicate allowed, String range, String advice) {
        return new Setting(name, allowed, range, advice);
    }

    /** A finite number that is not negative. */
    static Setting notNegative(String name, String advice) {
        return of(name, v -> v >= 0 && Double.isFinite(v), "a number that is not negative", advice);
    }

    /** A number from 0 on, less than 1. */
    static Setting fraction(String name, String advice) {
        return of(name, v -> v >= 0 && v < 1, "at least 0 and less than 1", advice);
    }

    /** Any number. */
    static Setting number(String name, String advice) {
        return of(name, Double::isFinite, "a finite number", advice);
    }

    /** Something that is on (1) or off (0). */
    public static Setting flag(String name) {
        return of(name, v -> v == 0 || v == 1, "1 (on) or 0 (off)", "Turn it on with turnOn");
    }

    /** The name: PyTorch's. */
    public String name() {
        return name;
    }

    /**
     * Checks a value.
     *
     * @return the value
     * @throws ValueException if it is out of range
     */
    public double check(double value) {
        if (!allowed.test(value)) {
            throw new ValueException(
                    "optimizer: " + name + " " + value + ": it has to be " + range + ". " + advice + ".");
        }
        return value;
    }

    /** The value of those who set none. */
    public Default initially(double value) {
        return new Default(this, check(value));
    }

    /** A setting that an optimizer has, with the value of those who set none. */
    public record Default(Setting setting, double value) {}

    @Override
    public String toString() {
        return name;
    }
}
