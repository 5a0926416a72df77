package adjoint.tensor;

import java.lang.StackWalker.StackFrame;
import java.util.Set;

/** Where in the user's own program an operation is being called. */
final class Traces {
    private static final Set<String> OURS =
            Set.of("adjoint.tensor", "adjoint.op", "adjoint.autograd", "adjoint.nn", "adjoint.optim", "adjoint.data");

    private Traces() {}

    /** The innermost frame that is none of this library's: {@code Lesson.main(Lesson.java:12)}. */
    static String line() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame ->
                                !OURS.contains(frame.getDeclaringClass().getPackageName()))
                        .findFirst()
                        .map(StackFrame::toStackTraceElement)
                        .map(StackTraceElement::toString)
                        .orElse("an unknown place"));
    }
}
