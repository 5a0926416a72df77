package adjoint.plot;

import adjoint.types.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A curve that grows while a program runs, such as the loss during training. Where there is a display a window follows
 * it, drawn at most ten times a second on a thread of its own; elsewhere the numbers are only collected. In both cases
 * {@link #add} costs some tens of nanoseconds, and the picture can be saved at the end:
 *
 * {@snippet :
 * try (var live = LiveCurve.open(Plot.axes().title("Training").xLabel("step").yLabel("loss").logY())) {
 *     for (int step = 0; step < steps; step++) {
 *         live.add(step, train(step));
 *     }
 *     live.save("loss.png");
 * }
 * }
 *
 * <p>Thread-safe. Of more than 65,536 points in a series the lowest and highest of each neighbourhood are kept, so that
 * memory stays bounded and no spike is lost. The window closes with {@link #close}, or at the latest when the thread
 * that opened it ends; it never keeps the program alive. {@link #show} leaves the final picture open.
 */
public final class LiveCurve implements AutoCloseable {
    private static final int MILLIS_BETWEEN_DRAWINGS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Points> series = new LinkedHashMap<>();
    private final Axes template;
    private volatile boolean changed;
    private volatile boolean closed;

    private LiveCurve(Axes template) {
        this.template = template;
    }

    /** A live curve under that title. */
    public static LiveCurve open(String title) {
        return open(Plot.axes().title(title));
    }

    /**
     * A live curve in axes that look like these: their title, names, limits, scales, and what is already drawn in them
     * (copied now; later changes have no effect).
     */
    public static LiveCurve open(Axes template) {
        if (template == null) {
            throw new DataException("LiveCurve.open: the axes are null. Begin with Plot.axes() or give a title.");
        }
        var live = new LiveCurve(Figure.alone(template));
        if (Display.present()) {
            Screen.Window window = Screen.open(() -> live.axes().figure(), live.template.figure());
            Thread owner = Thread.currentThread();
            Thread.ofPlatform().daemon().name("adjoint-live-curve").start(() -> live.follow(window, owner));
        }
        return live;
    }

    /** Draws again whenever there is something new, until the curve is closed, or its window, or its thread ends. */
    private void follow(Screen.Window window, Thread owner) {
        try {
            while (!closed && owner.isAlive()) {
                // A drawing that takes long is made rarely: at most a fifth of one core goes into it.
                Thread.sleep(Math.max(MILLIS_BETWEEN_DRAWINGS, 5 * window.paintMillis()));
                if (changed) {
                    changed = false;
                    window.repaint();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            window.close();
        }
    }

    /** Adds a point to the unnamed curve. A value that is not finite leaves a gap. */
    public void add(double x, double y) {
        add("", x, y);
    }

    /** Adds a point to the curve of that name, which the legend shows; the first one makes the curve. */
    public void add(String name, double x, double y) {
        lock.lock();
        try {
            Points points = series.get(name);
            if (points == null) {
                points = new Points();
                series.put(name, points);
            }
            points.add(x, y);
        } finally {
            lock.unlock();
        }
        changed = true;
    }

    /** What was collected until now, as ordinary axes to draw more into, to save or to show. */
    public Axes axes() {
        Axes axes = Figure.alone(template);
        lock.lock();
        try {
            series.forEach((name, points) -> axes.addOwned(name, points.xs(), points.ys()));
        } finally {
            lock.unlock();
        }
        return axes;
    }

    /** Saves what was collected until now; see {@link Figure#save(Path)}. */
    public void save(Path file) {
        axes().save(file);
    }

    /** Saves what was collected until now; see {@link Figure#save(Path)}. */
    public void save(String file) {
        axes().save(file);
    }

    /** Shows what was collected until now in an ordinary window that stays open; see {@link Figure#show()}. */
    public void show() {
        axes().show();
    }

    /** Closes the window, if there is one. What was collected stays, and can still be saved. */
    @Override
    public void close() {
        closed = true;
    }

    /** Points in the order in which they came, thinned when there are too many. */
    static final class Points {
        static final int MOST = 1 << 16;
        private static final int GROUP = 4;

        private double[] x = new double[256];
        private double[] y = new double[256];
        private int n;

        void add(double px, double py) {
            if (n == MOST) {
                thin();
            } else if (n == x.length) {
                x = Arrays.copyOf(x, 2 * n);
                y = Arrays.copyOf(y, 2 * n);
            }
            x[n] = px;
            y[n++] = py;
        }

        /** Keeps the lowest and the highest of every four, in their order. */
        private void thin() {
            int kept = 0;
            for (int start = 0; start < n; start += GROUP) {
                int lowest = start;
                int highest = start;
                for (int i = start + 1; i < start + GROUP; i++) {
                    lowest = y[i] < y[lowest] || Double.isNaN(y[lowest]) ? i : lowest;
                    highest = y[i] > y[highest] || Double.isNaN(y[highest]) ? i : highest;
                }
                int first = Math.min(lowest, highest);
                int second = lowest == highest ? start + GROUP - 1 : Math.max(lowest, highest);
                if (first == second) {
                    first = start;
                }
                x[kept] = x[first];
                y[kept++] = y[first];
                x[kept] = x[second];
                y[kept++] = y[second];
            }
            n = kept;
        }

        double[] xs() {
            return Arrays.copyOf(x, n);
        }

        double[] ys() {
            return Arrays.copyOf(y, n);
        }
    }
}
