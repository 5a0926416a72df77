package adjoint.conformance;

import adjoint.data.Safetensors;
import adjoint.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** PyTorch's {@code save} and {@code load}: safetensors files here, of tensors, lists of them, and those that have names. */
final class TorchFiles {
    /** A file in memory. */
    static final class Memory {}

    /** What was saved under a name or into memory: the file, and what it is to become again. */
    private record Saved(Path file, Function<Map<String, Tensor>, Object> back) {}

    private static final Map<Object, Saved> FILES = new HashMap<>();

    private TorchFiles() {}

    static void define() {
        TorchTable.define("torch.save(obj, f)", a -> {
            FILES.put(a.get("f"), saved(a.get("obj")));
            return null;
        });
        TorchTable.define("torch.load(f, weights_only, map_location)", a -> {
            a.flag("weights_only", true);
            a.get("map_location");
            Saved saved = FILES.get(a.get("f"));
            if (saved == null) {
                throw new PythonError("FileNotFoundError", String.valueOf(a.get("f")));
            }
            return saved.back.apply(Safetensors.load(saved.file).tensors());
        });
        TorchTable.define("io.BytesIO()", _ -> new Memory());
        TorchTable.define("Memory.seek(self, offset)", a -> a.get("self") == null ? null : a.get("offset"));
    }

    private static Saved saved(Object value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Function<Map<String, Tensor>, Object> back = switch (value) {
            case Tensor t -> {
                tensors.put("0", t);
                yield all -> all.get("0");
            }
            case Map<?, ?> map -> {
                map.forEach((name, t) -> tensors.put((String) name, PythonRun.tensor(t)));
                yield LinkedHashMap::new;
            }
            case List<?> list -> {
                list.forEach(t -> tensors.put(String.valueOf(tensors.size()), PythonRun.tensor(t)));
                yield all -> {
                    List<Object> items = new ArrayList<>();
                    for (int i = 0; i < all.size(); i++) {
                        items.add(all.get(String.valueOf(i)));
                    }
                    return items;
                };
            }
            case null, default -> throw new Unsupported("saving of " + PythonValues.className(value));
        };
        try {
            Path file = Files.createTempFile("saved", ".safetensors");
            file.toFile().deleteOnExit();
            Safetensors.save(file, tensors);
            return new Saved(file, back);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
