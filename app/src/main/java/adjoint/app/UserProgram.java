package adjoint.app;

import adjoint.types.AdjointException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;

/** Starts a class as Java's launcher does, and shows its exceptions without the frames of what started it. */
final class UserProgram {
    private UserProgram() {}

    /**
     * Calls {@code main}; returns the exit code.
     *
     * @param file where the class was written, for messages
     */
    static int run(Class<?> type, Path file, String... args) {
        Method main = main(type, file);
        Thread.currentThread().setContextClassLoader(type.getClassLoader());
        try {
            main.setAccessible(true);
            Object instance = Modifier.isStatic(main.getModifiers()) ? null : instance(type, file);
            main.invoke(instance, main.getParameterCount() == 0 ? new Object[0] : new Object[] {args});
            return 0;
        } catch (InvocationTargetException e) {
            System.out.flush();
            show(e.getCause());
            return Main.WRONG_INPUT;
        } catch (ExceptionInInitializerError e) {
            // What a static field's initialiser threw.
            System.out.flush();
            show(e.getCause());
            return Main.WRONG_INPUT;
        } catch (InstantiationException e) {
            throw new Failure(
                    file + ": " + type.getName() + " is abstract, and its main method is not static. Make it static.",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new Failure(file + ": " + type.getName() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** The order of the Java Language Specification, 12.1.4: with arguments before without, own before inherited. */
    private static Method main(Class<?> type, Path file) {
        for (Class<?>[] parameters : new Class<?>[][] {{String[].class}, {}}) {
            for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
                try {
                    Method main = declaring.getDeclaredMethod("main", parameters);
                    if (!Modifier.isPrivate(main.getModifiers()) && main.getReturnType() == void.class) {
                        return main;
                    }
                } catch (NoSuchMethodException e) {
                    // The next candidate.
                    continue;
                }
            }
        }
        throw new Failure(file + ": " + type.getName()
                + ", the first class in it, has no main method. Write void main() { … } in it.");
    }

    private static Object instance(Class<?> type, Path file) throws ReflectiveOperationException {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw new Failure(
                    file + ": " + type.getName()
                            + " has no constructor without parameters, which its main method needs."
                            + " Make main static.",
                    e);
        }
    }

    private static void show(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            t.setStackTrace(trimmed(t));
        }
        thrown.printStackTrace(System.err);
        System.err.flush();
    }

    /** Without what called main; of the library's own errors, whose message says it all, only the user's frames. */
    private static StackTraceElement[] trimmed(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        int end = 0;
        while (end < trace.length && !trace[end].getClassName().equals(UserProgram.class.getName())) {
            end++;
        }
        while (end < trace.length && end > 0 && trace[end - 1].getClassName().matches("(java|jdk)\\..*reflect\\..*")) {
            end--;
        }
        return Arrays.stream(trace, 0, end)
                .filter(frame -> !(thrown instanceof AdjointException) || isUsers(frame))
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isUsers(StackTraceElement frame) {
        return frame.getModuleName() == null && !frame.getClassName().startsWith("adjoint.");
    }
}
