package adjoint.data;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects as samples: records, whose components become the tensors of a batch in their order, lists, or single values.
 *
 * <pre>{@code
 * record Flower(double[] sizes, int kind) {}
 * var data = new ListDataset(flowers);                    // flowers: List<Flower>
 * for (var batch : new DataLoader(data, 10).shuffle()) {
 *     batch.x();                                          // [10, 4], float64
 *     batch.y();                                          // [10], int64
 * }
 * }</pre>
 *
 * <p>A value is a tensor, a number, a truth value or an array of these. As in PyTorch's {@code default_collate}, whole
 * numbers become I64 and {@code double}s F64; {@code float}s become F32.
 */
public final class ListDataset implements Dataset {
    private final List<Object> samples;

    /** A dataset of these objects; the list is copied. */
    public ListDataset(List<?> samples) {
        this.samples = List.copyOf(samples);
    }

    @Override
    public int size() {
        return samples.size();
    }

    /**
     * Sample {@code i}.
     *
     * @throws DataException if it holds what cannot become a tensor
     */
    @Override
    public Batch get(int i) {
        List<Tensor> tensors = new ArrayList<>();
        for (Object value : values(samples.get(i))) {
            tensors.add(tensor(i, value));
        }
        return new Batch(tensors);
    }

    private static List<?> values(Object sample) {
        return switch (sample) {
            case Batch batch -> batch.tensors();
            case Record r -> components(r);
            case List<?> list -> list;
            default -> List.of(sample);
        };
    }

    private static List<Object> components(Record sample) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : sample.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                values.add(accessor.invoke(sample));
            } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                Class<?> c = sample.getClass();
                throw new DataException(
                        "ListDataset: component " + component.getName() + " of " + c.getName()
                                + " cannot be read. Make the record public, or write `opens " + c.getPackageName()
                                + " to adjoint.core;` in its module-info.",
                        e);
            }
        }
        return values;
    }

    private static Tensor tensor(int i, Object value) {
        return switch (value) {
            case Tensor t -> t;
            case Double x -> Tensor.of((Object) x, DType.F64);
            case double[] x -> Tensor.of((Object) x, DType.F64);
            case Number x -> Tensor.of((Object) x);
            case Boolean x -> Tensor.of((Object) x);
            case Object x when x.getClass().isArray() -> Tensor.of(x);
            case null, default ->
                throw new DataException("ListDataset: sample " + i + " holds "
                        + (value == null ? "null" : "a " + value.getClass().getName())
                        + ", which cannot become a tensor. Give tensors, numbers, truth values or arrays of them.");
        };
    }
}
