package adjoint.bench;

import java.util.function.DoubleSupplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * As many fused multiply-adds as the processor can do: twelve sums, none of which waits for another, and all of which stay
 * in registers. Loaded only where the JVM has vector instructions.
 */
final class VectorPeak {
    private static final int SUMS = 12;

    /** The JVM has to compute the sums, since anybody may look here. */
    private static volatile double kept;

    private VectorPeak() {}

    /** A loop of so many rounds that gives how many operations they were. */
    static DoubleSupplier floats(int rounds) {
        return () -> {
            kept = floatSums(rounds);
            return 2.0 * SUMS * FloatVector.SPECIES_PREFERRED.length() * rounds;
        };
    }

    static DoubleSupplier doubles(int rounds) {
        return () -> {
            kept = doubleSums(rounds);
            return 2.0 * SUMS * DoubleVector.SPECIES_PREFERRED.length() * rounds;
        };
    }

    // Each sum has a zero of its own: one that is shared would have them put into objects.
    private static float floatSums(int rounds) {
        var species = FloatVector.SPECIES_PREFERRED;
        FloatVector x = FloatVector.broadcast(species, 0.999f);
        FloatVector y = FloatVector.broadcast(species, 0.001f);
        FloatVector a = FloatVector.zero(species);
        FloatVector b = FloatVector.zero(species);
        FloatVector c = FloatVector.zero(species);
        FloatVector d = FloatVector.zero(species);
        FloatVector e = FloatVector.zero(species);
        FloatVector f = FloatVector.zero(species);
        FloatVector g = FloatVector.zero(species);
        FloatVector h = FloatVector.zero(species);
        FloatVector i = FloatVector.zero(species);
        FloatVector j = FloatVector.zero(species);
        FloatVector k = FloatVector.zero(species);
        FloatVector l = FloatVector.zero(species);
        for (int round = 0; round < rounds; round++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b)
                .add(c.add(d))
                .add(e.add(f))
                .add(g.add(h))
                .add(i.add(j))
                .add(k.add(l))
                .lane(0);
    }

    private static double doubleSums(int rounds) {
        var species = DoubleVector.SPECIES_PREFERRED;
        DoubleVector x = DoubleVector.broadcast(species, 0.999);
        DoubleVector y = DoubleVector.broadcast(species, 0.001);
        DoubleVector a = DoubleVector.zero(species);
        DoubleVector b = DoubleVector.zero(species);
        DoubleVector c = DoubleVector.zero(species);
        DoubleVector d = DoubleVector.zero(species);
        DoubleVector e = DoubleVector.zero(species);
        DoubleVector f = DoubleVector.zero(species);
        DoubleVector g = DoubleVector.zero(species);
        DoubleVector h = DoubleVector.zero(species);
        DoubleVector i = DoubleVector.zero(species);
        DoubleVector j = DoubleVector.zero(species);
        DoubleVector k = DoubleVector.zero(species);
        DoubleVector l = DoubleVector.zero(species);
        for (int round = 0; round < rounds; round++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b)
                .add(c.add(d))
                .add(e.add(f))
                .add(g.add(h))
                .add(i.add(j))
                .add(k.add(l))
                .lane(0);
    }
}
