package adjoint.kernel;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Vector code that is made and run in the background until HotSpot has compiled it, since before that it is a thousand
 * times slower than a plain loop. Callers take the plain loop until then; both give the same bits.
 *
 * <p>The system property {@code adjoint.tier}: {@code vector} gives it out at once, {@code scalar} and
 * {@code interpreted} never.
 */
final class Warming<T> {
    private static final String FORCED = System.getProperty("adjoint.tier", "").toLowerCase(Locale.ROOT);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final int ATTEMPTS = 20;
    private static final int CALLS = 50;

    private final Supplier<T> maker;
    private final Consumer<T> trial;
    private final Consumer<T> plain;
    private final AtomicBoolean asked = new AtomicBoolean();
    private T ready; // read without synchronisation: what it refers to is immutable

    /**
     * Vector code.
     *
     * @param trial uses it
     * @param plain does as much work without it: it is warm once it is no slower
     */
    Warming(Supplier<T> maker, Consumer<T> trial, Consumer<T> plain) {
        this.maker = maker;
        this.trial = trial;
        this.plain = plain;
        if (FORCED.equals("vector") && VectorSupport.available()) {
            ready = maker.get();
        }
    }

    /** The code once it is warm, else null; the first call has it warmed. */
    T get() {
        if (ready == null
                && FORCED.isEmpty()
                && !asked.get()
                && asked.compareAndSet(false, true)
                && VectorSupport.available()) {
            Background.run(0, this::warm);
        }
        return ready;
    }

    private void warm() {
        T made = maker.get();
        warm(made, 1);
    }

    /** Hands the code out once it is no slower; HotSpot's own compiler may be busy, then it is tried again later. */
    private void warm(T made, int attempt) {
        long deadline = System.nanoTime() + PATIENCE;
        long bar = Long.MAX_VALUE;
        while (System.nanoTime() < deadline) {
            bar = Math.min(bar, time(plain, made));
            if (Math.min(time(trial, made), time(trial, made)) <= bar) {
                ready = made;
                return;
            }
        }
        if (attempt < ATTEMPTS) {
            Background.run(attempt, () -> warm(made, attempt + 1));
        }
    }

    private static <T> long time(Consumer<T> work, T made) {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            work.accept(made);
        }
        return System.nanoTime() - start;
    }
}
