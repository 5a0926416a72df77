package adjoint.kernel;

import adjoint.types.DType;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether vector loops can run in this JVM. Nothing here links to jdk.incubator.vector, which may be missing: its
 * module is not part of the JVM unless it is asked for.
 */
public final class VectorSupport {
    private static final String MODULE = "jdk.incubator.vector";

    private static final boolean AVAILABLE = ModuleLayer.boot()
            .findModule(MODULE)
            .map(VectorSupport.class.getModule()::canRead)
            .orElse(false);

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private VectorSupport() {}

    /** Whether vector classes can be linked; says how to change it, once, where they cannot. */
    public static boolean available() {
        if (!AVAILABLE && WARNED.compareAndSet(false, true)) {
            System.getLogger("adjoint")
                    .log(
                            System.Logger.Level.WARNING,
                            "The module " + MODULE + " is not there, so loops over large arrays run"
                                    + " more slowly (results are the same). Start Java with --add-modules " + MODULE
                                    + ".");
        }
        return AVAILABLE;
    }

    /** How many elements a vector has; only where {@link #available()}. */
    public static int lanes(DType dtype) {
        return dtype == DType.F32 ? Linked.FLOATS : Linked.DOUBLES;
    }

    /** Loaded only where the module is there. */
    private static final class Linked {
        static final int FLOATS = jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.length();
        static final int DOUBLES = jdk.incubator.vector.DoubleVector.SPECIES_PREFERRED.length();
    }
}
