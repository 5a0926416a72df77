package adjoint.kernel;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The daemon threads that help with long loops, whoever runs them: any thread, virtual ones too, several at once. Whoever has
 * a hand free takes the next part of a loop. So its caller waits for nobody who has not begun: a helper that wakes up late
 * (that takes the system some 50 µs), or is busy with another caller's loop, costs nothing but its help.
 *
 * <p>Loops often follow one another closely. Helpers therefore look out for the next for a moment before they sleep, as
 * callers do for the last part's end, if there is a processor for each.
 */
final class Team {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long SPIN = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(10);

    private static final ConcurrentLinkedQueue<Job> JOBS = new ConcurrentLinkedQueue<>();
    private static final CopyOnWriteArrayList<Helper> HELPERS = new CopyOnWriteArrayList<>();

    private Team() {}

    /** Whether the current thread is a helper, which does not ask for help itself. */
    static boolean isMember() {
        return Thread.currentThread() instanceof Helper;
    }

    /** Runs the parts 0 … {@code parts} − 1, of which there are at least two; the first failing part's exception is thrown. */
    static void run(int parts, IntConsumer body) {
        Job job = new Job(parts, body);
        JOBS.add(job);
        call(parts - 1);
        job.help();
        JOBS.remove(job);
        job.await();
        job.rethrow();
    }

    /** Wakes so many sleeping helpers; makes them where there are fewer. */
    private static void call(int wanted) {
        int awake = 0;
        for (Helper helper : HELPERS) {
            if (awake == wanted) {
                return;
            }
            awake++;
            if (helper.asleep) {
                LockSupport.unpark(helper);
            }
        }
        if (awake < wanted) {
            hire(wanted);
        }
    }

    private static synchronized void hire(int wanted) {
        while (HELPERS.size() < wanted) {
            Helper helper = new Helper();
            HELPERS.add(helper);
            helper.start();
        }
    }

    private static boolean hasProcessors() {
        return HELPERS.size() < PROCESSORS;
    }

    /** A loop that is under way. */
    private static final class Job {
        private final int parts;
        private final IntConsumer body;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final Thread caller = Thread.currentThread();
        private int failedPart = Integer.MAX_VALUE;
        private Throwable failure;

        Job(int parts, IntConsumer body) {
            this.parts = parts;
            this.body = body;
        }

        boolean isTaken() {
            return taken.get() >= parts;
        }

        /** Runs parts until all are taken. */
        void help() {
            for (int part = taken.getAndIncrement(); part < parts; part = taken.getAndIncrement()) {
                try {
                    body.accept(part);
                } catch (RuntimeException | Error e) {
                    failed(part, e);
                }
                if (done.incrementAndGet() == parts && Thread.currentThread() != caller) {
                    LockSupport.unpark(caller);
                }
            }
        }

        private synchronized void failed(int part, Throwable e) {
            if (part < failedPart) {
                failedPart = part;
                failure = e;
            }
        }

        /** Waits for the parts that others have taken. */
        void await() {
            boolean interrupted = false;
            long end = hasProcessors() ? System.nanoTime() + SPIN : 0;
            while (done.get() < parts) {
                if (end != 0 && System.nanoTime() < end) {
                    Thread.onSpinWait();
                } else {
                    end = 0;
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted(); // the loop's memory is in use until all is done
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized void rethrow() {
            if (failure instanceof Error e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
        }
    }

    private static final class Helper extends Thread {
        private volatile boolean asleep;

        Helper() {
            super(null, null, "adjoint-worker", 0, false);
            setDaemon(true);
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < IDLE) {
                if (work()) {
                    begin = System.nanoTime();
                } else if (hasProcessors() && System.nanoTime() - begin < SPIN) {
                    onSpinWait();
                } else {
                    sleep();
                }
            }
            HELPERS.remove(this); // who called just now does without
        }

        /** Helps with loops; false if there was none. */
        private static boolean work() {
            boolean helped = false;
            for (Job job = JOBS.peek(); job != null; job = JOBS.peek()) {
                if (job.isTaken()) {
                    JOBS.remove(job);
                } else {
                    job.help();
                    helped = true;
                }
            }
            return helped;
        }

        private void sleep() {
            asleep = true;
            if (JOBS.isEmpty()) {
                LockSupport.parkNanos(this, IDLE);
            }
            asleep = false;
            interrupted();
        }
    }
}
