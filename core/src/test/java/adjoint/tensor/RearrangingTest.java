package adjoint.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import adjoint.autograd.Autograd;
import adjoint.types.DType;
import adjoint.types.GraphException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the recorded PyTorch cases do not reach: edges, refusals, and that views share memory. */
class RearrangingTest {
    private static Tensor counting(long... sizes) {
        return Tensor.arange(Shape.of(sizes).numel()).to(DType.F64).reshape(sizes);
    }

    @Test
    void partsShareMemoryAndMayBeWrittenUnrecorded() {
        Tensor x = counting(6);
        List<Tensor> parts = x.split(4, 0);
        assertEquals(Shape.of(2), parts.get(1).shape());
        parts.get(1).zeroInPlace();
        assertArrayEquals(new double[] {0, 1, 2, 3, 0, 0}, x.toDoubles());
    }

    @Test
    void aPartIsNotWrittenToWhileThatWouldBeRecorded() {
        Tensor leaf = counting(6).requiresGrad(true);
        Tensor x = leaf.mul(2);
        double[] before = x.toDoubles();
        for (Tensor part : List.of(
                x.split(2, 0).get(0),
                x.chunk(2, 0).get(1),
                x.unbind(0).get(3),
                x.split(2, 0).get(1).view(2, 1))) {
            var refused = assertThrows(GraphException.class, () -> part.mulInPlace(3));
            assertTrue(refused.getMessage().contains("one of the views"), refused.getMessage());
        }
        assertArrayEquals(before, x.toDoubles());
        try (var off = Autograd.noGrad()) {
            x.split(2, 0).get(0).mulInPlace(3);
        }
        assertEquals(6.0, x.select(0, 1).item());
    }

    @Test
    void emptyAndZeroDimensional() {
        assertEquals(Shape.of(0, 3), counting(0, 3).flip(0).shape());
        assertEquals(Shape.of(1), counting().flatten(0, -1).shape());
        assertEquals(Shape.of(0), counting(0).roll(2).shape());
        assertEquals(Shape.of(0, 0), counting(0).diag(0).shape());
        assertEquals(Shape.of(2, 0), counting(2, 0).tril(0).shape());
        assertEquals(Shape.of(0), counting(2).repeat(0).shape());
        assertEquals(3, counting(5).tensorSplit(3, 0).size());
    }

    @Test
    void refusals() {
        Tensor x = counting(2, 3);
        assertThrows(ShapeException.class, () -> x.split(new long[] {1, 3}, 1));
        assertThrows(ShapeException.class, () -> x.unflatten(1, 2, 2));
        assertThrows(IndexException.class, () -> x.diagonal(0, 1, 1));
        assertThrows(ShapeException.class, () -> x.repeat(2));
        assertThrows(ShapeException.class, () -> x.unfold(1, 4, 1));
        assertThrows(RuntimeException.class, () -> x.flip(0, 0));
        assertThrows(RuntimeException.class, () -> x.narrow(1, 2, 2));
        assertThrows(RuntimeException.class, () -> x.unbind(2));
    }
}
