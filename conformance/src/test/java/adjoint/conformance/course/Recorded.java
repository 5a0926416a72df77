package adjoint.conformance.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adjoint.conformance.Json;
import adjoint.nn.Model;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.List;
import java.util.Map;

/** What PyTorch 2.13 gave for the same program; {@code src/test/python/course.py} records it. */
record Recorded(Map<String, Object> fields) {
    private static final List<Map<String, Object>> ALL =
            Json.lines(Recorded.class, "/adjoint/conformance/course/course.jsonl.gz");

    static Recorded of(String id) {
        return new Recorded(ALL.stream()
                .filter(each -> each.get("id").equals(id))
                .findFirst()
                .orElseThrow());
    }

    double[] numbers(String field) {
        return Json.doubles(fields.get(field));
    }

    double number(String field) {
        return numbers(field)[0];
    }

    /** One of several rows of numbers. */
    double[] row(String field, int i) {
        return Json.doubles(((List<?>) fields.get(field)).get(i));
    }

    /** Computed in double precision. */
    static void assertSame(double[] found, double[] recorded) {
        assertThat(found).hasSameSizeAs(recorded);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i])
                    .as("number %d", i)
                    .isCloseTo(recorded[i], within(1e-11 + 1e-9 * Math.abs(recorded[i])));
        }
    }

    /** Computed in single precision, over many steps. */
    static void assertNear(double[] found, double[] recorded) {
        assertThat(found).hasSameSizeAs(recorded);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("number %d", i).isCloseTo(recorded[i], within(1e-6 + 1e-4 * Math.abs(recorded[i])));
        }
    }

    /** Gives parameter k of a model, which becomes one of double precision, the values {@code size · sin(0.7 i + k)}. */
    static <M extends Model> M filled(M model, double size) {
        model.to(DType.F64);
        int k = 0;
        for (Tensor p : model.parameters()) {
            Tensor i = Tensor.arange(DType.F64, 0, p.numel(), 1);
            p.data(i.mul(0.7).add(k++).sin().mul(size).reshape(p.shape().sizes()));
        }
        return model;
    }

    /** {@code cos(rate · i)}. */
    static Tensor waves(double rate, long... shape) {
        long n = Tensor.zeros(shape).numel();
        return Tensor.arange(DType.F64, 0, n, 1).mul(rate).cos().reshape(shape);
    }
}
