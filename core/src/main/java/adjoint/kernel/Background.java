package adjoint.kernel;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The one daemon thread on which faster forms of loops are made and warmed. It ends when it has had nothing to do. */
public final class Background {
    private static final AtomicLong ORDER = new AtomicLong();
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final ThreadPoolExecutor THREAD =
            new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), Background::thread);

    static {
        THREAD.allowCoreThreadTimeOut(true);
    }

    private Background() {}

    private static Thread thread(Runnable r) {
        return Thread.ofPlatform()
                .name("adjoint-compiler")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .inheritInheritableThreadLocals(false)
                .unstarted(r);
    }

    /** Has some work done: the lowest rank first, then in the order asked for. */
    public static void run(int rank, Runnable work) {
        THREAD.execute(new Task(rank, ORDER.getAndIncrement(), work));
    }

    private record Task(int rank, long order, Runnable work) implements Runnable, Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Long.compare(order, other.order);
        }

        @Override
        public void run() {
            try {
                work.run();
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                // The form in use stays in use, and it is right; so this is no error of the program.
                if (WARNED.compareAndSet(false, true)) {
                    System.getLogger("adjoint")
                            .log(
                                    System.Logger.Level.WARNING,
                                    "A loop class could not be made, so loops run slower (results are the same).",
                                    e);
                }
            }
        }
    }
}
