package adjoint.conformance;

import adjoint.conformance.PythonRun.Slice;
import adjoint.nn.Layer;
import adjoint.nn.LazyLinear;
import adjoint.nn.Linear;
import adjoint.nn.Model;
import adjoint.nn.Sequential;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What PyTorch's modules have in common, and those that hold others. */
final class TorchModels {
    private TorchModels() {}

    /** What models were made with: PyTorch's have it as attributes. */
    private static final Map<Model, Arguments> MADE = Collections.synchronizedMap(new WeakHashMap<>());

    private static final Map<String, Object> USUAL =
            Map.of("num_layers", 1L, "bidirectional", false, "batch_first", false, "dropout", 0.0);

    static void made(Object result, Arguments arguments) {
        if (result instanceof Model model && !arguments.has("self")) {
            MADE.put(model, arguments);
        }
    }

    static void define() {
        TorchTable.define(
                "nn.Linear(in_features, out_features, bias)",
                a -> a.flag("bias", true)
                        ? new Linear(a.integer("in_features", 0), a.integer("out_features", 0))
                        : Linear.withoutBias(a.integer("in_features", 0), a.integer("out_features", 0)));
        TorchTable.define(
                "nn.LazyLinear(out_features, bias)",
                a -> a.flag("bias", true)
                        ? new LazyLinear(a.integer("out_features", 0))
                        : LazyLinear.withoutBias(a.integer("out_features", 0)));
        TorchTable.define(
                "nn.Sequential(*layers)",
                a -> new Sequential(Torch.items(a.has("layers") ? a.get("layers") : List.of()).stream()
                        .map(Layer.class::cast)
                        .toArray(Layer[]::new)));
        TorchTable.define("nn.Identity(*ignored)", a -> {
            a.has("ignored");
            return new Identity();
        });
        containers();
        parts();
        state();
    }

    private static Model self(Arguments a) {
        return (Model) a.get("self");
    }

    /** Defines a method that reads something. */
    private static void gives(String name, Function<Model, Object> body) {
        TorchTable.define("Model." + name + "(self)", a -> body.apply(self(a)));
    }

    /** Defines a method that changes the model and returns it. */
    private static void changes(String name, Consumer<Model> body) {
        TorchTable.define("Model." + name + "(self)", a -> {
            body.accept(self(a));
            return a.get("self");
        });
    }

    private static void parts() {
        gives("parameters", m -> new ArrayList<Object>(m.parameters()));
        gives("named_parameters", m -> PythonCollections.pairs(m.namedParameters()));
        gives("buffers", m -> new ArrayList<Object>(m.namedBuffers().values()));
        gives("named_buffers", m -> PythonCollections.pairs(m.namedBuffers()));
        gives("children", m -> new ArrayList<Object>(m.children().values()));
        gives("named_children", m -> PythonCollections.pairs(m.children()));
        gives("modules", m -> new ArrayList<Object>(m.models().values()));
        gives("named_modules", m -> PythonCollections.pairs(m.models()));
        TorchTable.define(
                "Model.get_parameter(self, target)",
                a -> self(a).namedParameters().get((String) a.get("target")));
        TorchTable.define(
                "Model.get_submodule(self, target)", a -> self(a).models().get((String) a.get("target")));
        TorchTable.define("Model.apply(self, fn)", a -> {
            Object function = a.get("fn");
            self(a).apply(model -> PythonValues.call(function, List.of(model), Map.of()));
            return a.get("self");
        });
    }

    private static void state() {
        gives("state_dict", m -> new LinkedHashMap<String, Object>(m.stateDict()));
        TorchTable.define("Model.load_state_dict(self, state_dict, strict)", a -> {
            Map<String, Tensor> state = new LinkedHashMap<>();
            ((Map<?, ?>) a.get("state_dict")).forEach((name, t) -> state.put((String) name, (Tensor) t));
            if (a.flag("strict", true)) {
                self(a).loadStateDict(state);
                return new Keys(List.of(), List.of());
            }
            Model.PassedOver passed = self(a).loadMatching(state);
            return new Keys(passed.missing(), passed.unexpected());
        });
        TorchTable.define("Model.train(self, mode)", a -> {
            if (a.flag("mode", true)) {
                self(a).train();
            } else {
                self(a).eval();
            }
            return a.get("self");
        });
        changes("eval", Model::eval);
        changes("double", m -> m.to(DType.F64));
        changes("float", m -> m.to(DType.F32));
        TorchTable.define("Model.to(self, dtype)", a -> {
            if (!Torch.isPlace(a.get("dtype"))) {
                self(a).to(a.dtype("dtype", DType.F32));
            }
            return a.get("self");
        });
        changes("cpu", _ -> {});
        TorchTable.define("Model.zero_grad(self, set_to_none)", a -> {
            if (!a.flag("set_to_none", true)) {
                throw new Unsupported("gradients of zeros");
            }
            self(a).zeroGrad();
            return null;
        });
        TorchTable.define("Model.requires_grad_(self, requires_grad)", a -> {
            self(a).parameters().forEach(p -> p.requiresGrad(a.flag("requires_grad", true)));
            return a.get("self");
        });
    }

    /** What loading a state passed over. */
    record Keys(List<String> missing, List<String> unexpected) {
        @Override
        public String toString() {
            return missing.isEmpty() && unexpected.isEmpty()
                    ? "<All keys matched successfully>"
                    : "_IncompatibleKeys(missing_keys=" + PythonText.list(missing, "[", "]") + ", unexpected_keys="
                            + PythonText.list(unexpected, "[", "]") + ")";
        }
    }

    // ---------------------------------------------------------------- models that hold others

    private static void containers() {
        TorchTable.define("nn.ModuleDict(modules)", a -> {
            Models models = new Models("ModuleDict", new LinkedHashMap<>());
            if (a.has("modules")) {
                PythonCollections.copy(a.get("modules")).forEach((name, m) -> models.parts.put((String) name, m));
            }
            return models;
        });
        TorchTable.define("ModuleDict(**modules)", a -> {
            Models models = new Models("ModuleDict", new LinkedHashMap<>());
            ((Map<?, ?>) a.get("modules")).forEach((name, m) -> models.parts.put((String) name, m));
            return models;
        });
        for (String name : List.of("ModuleList", "ParameterList")) {
            TorchTable.define("nn." + name + "(items)", a -> {
                Models models = new Models(name, new LinkedHashMap<>());
                if (a.has("items")) {
                    Torch.items(a.get("items")).forEach(models::append);
                }
                return models;
            });
        }
        TorchTable.define("Models.append(self, module)", a -> {
            ((Models) a.get("self")).append(a.get("module"));
            return a.get("self");
        });
        TorchTable.define("Models.extend(self, modules)", a -> {
            Torch.items(a.get("modules")).forEach(((Models) a.get("self"))::append);
            return a.get("self");
        });
        TorchTable.define("Models.keys(self)", a -> new ArrayList<Object>(((Models) a.get("self")).parts.keySet()));
        TorchTable.define("Models.values(self)", a -> new ArrayList<>(((Models) a.get("self")).parts.values()));
        TorchTable.define("Models.items(self)", a -> PythonCollections.pairs(((Models) a.get("self")).parts));
    }

    /** Models by name or by number: PyTorch's ModuleDict and ModuleList. Here a map or a list in a field is enough. */
    record Models(String name, Map<String, Object> parts) implements Model {
        void append(Object part) {
            parts.put(String.valueOf(parts.size()), part);
        }

        Object get(Object index) {
            List<Object> all = new ArrayList<>(parts.values());
            return switch (index) {
                case String key -> PythonValues.item(parts, key);
                case Slice slice -> {
                    Models some = new Models(name, new LinkedHashMap<>());
                    PythonCollections.slice(all, slice).forEach(some::append);
                    yield some;
                }
                default -> PythonValues.at(all, PythonNumbers.index(index));
            };
        }

        /** As iterating gives them: the names, or the models. */
        List<Object> items() {
            return new ArrayList<>(name.equals("ModuleDict") ? parts.keySet() : parts.values());
        }

        @Override
        public String toString() {
            Map<String, String> texts = texts(children());
            return tree(name, name.equals("ModuleList") ? gathered(texts) : texts);
        }
    }

    /** Those that are written alike under one name: {@code 0-2}. */
    private static Map<String, String> gathered(Map<String, String> children) {
        Map<String, String> all = new LinkedHashMap<>();
        List<Map.Entry<String, String>> run = new ArrayList<>();
        children.entrySet().forEach(child -> {
            if (!run.isEmpty() && !run.getLast().getValue().equals(child.getValue())) {
                gather(run, all);
            }
            run.add(child);
        });
        gather(run, all);
        return all;
    }

    private static void gather(List<Map.Entry<String, String>> run, Map<String, String> into) {
        switch (run.size()) {
            case 0 -> {}
            case 1 -> into.put(run.getFirst().getKey(), run.getFirst().getValue());
            default ->
                into.put(
                        run.getFirst().getKey() + "-" + run.getLast().getKey(),
                        run.size() + " x " + run.getFirst().getValue());
        }
        run.clear();
    }

    private static Map<String, String> texts(Map<String, Model> children) {
        Map<String, String> texts = new LinkedHashMap<>();
        children.forEach((name, child) -> texts.put(name, child.structure()));
        return texts;
    }

    /** A model with those in it, as PyTorch prints it. */
    static String text(String name, Map<String, Model> children) {
        return tree(name, texts(children));
    }

    private static String tree(String name, Map<String, String> children) {
        var text = new StringBuilder(name).append('(');
        children.forEach(
                (key, child) -> text.append("\n  (").append(key).append("): ").append(child.replace("\n", "\n  ")));
        return text.append(children.isEmpty() ? ")" : "\n)").toString();
    }

    /** PyTorch's Identity: here {@code x -> x} is one. */
    record Identity() implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x;
        }

        @Override
        public String toString() {
            return "Identity()";
        }
    }

    /** A part of a model, or what its method of this name gives. */
    static Object attribute(Model model, String name) {
        if (name.equals("training")) {
            return model.isTraining();
        }
        if (name.equals("__class__")) {
            return new PythonRun.Path(Torch.className(model));
        }
        Map<String, Object> parts = model.parts();
        if (parts.containsKey(name)) {
            return parts.get(name);
        }
        if (MADE.containsKey(model) && MADE.get(model).has(name)) {
            return MADE.get(model).get(name);
        }
        return USUAL.containsKey(name) ? USUAL.get(name) : read(model, name);
    }

    private static Object read(Model model, String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        try {
            Object value = model.getClass().getMethod(camel.toString()).invoke(model);
            return switch (value) {
                case Integer n -> (long) n;
                case null, default -> value;
            };
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new Unsupported(Torch.className(model) + "." + name);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
