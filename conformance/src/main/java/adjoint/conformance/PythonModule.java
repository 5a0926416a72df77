package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.nn.Layer;
import adjoint.nn.Mode;
import adjoint.nn.Model;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * An object of a program's class below PyTorch's {@code Module}: here one that implements {@link Layer} and whose parts
 * are its parameters, its buffers and its children, each in the order in which they came.
 */
final class PythonModule implements Layer, PythonClass.Instance {
    /** Those that {@code nn.Parameter} made. Other tensors are attributes like any other. */
    private static final Set<Tensor> PARAMETERS =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final PythonClass type;
    private final Mode mode = new Mode();
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Model> children = new LinkedHashMap<>();
    private boolean initialised;

    PythonModule(PythonClass type) {
        this.type = type;
    }

    static void define() {
        TorchTable.define(
                "nn.Parameter(data, requires_grad)", a -> parameter(a.tensor("data"), a.flag("requires_grad", true)));
        TorchTable.define("Module.register_buffer(self, name, tensor, persistent)", a -> {
            if (!a.flag("persistent", true)) {
                throw new Unsupported("buffers that are not saved");
            }
            own(a).buffers.put((String) a.get("name"), a.has("tensor") ? a.tensor("tensor") : null);
            return null;
        });
        TorchTable.define("Module.register_parameter(self, name, param)", a -> {
            own(a).parameters.put((String) a.get("name"), a.has("param") ? a.tensor("param") : null);
            return null;
        });
        for (String name : List.of("add_module", "register_module")) {
            TorchTable.define("Module." + name + "(self, name, module)", a -> {
                own(a).set((String) a.get("name"), a.get("module"));
                return null;
            });
        }
    }

    private static PythonModule own(Arguments a) {
        return (PythonModule) a.get("self");
    }

    private static Tensor parameter(Tensor data, boolean trained) {
        Tensor made = data.detach().requiresGrad(true).requiresGrad(trained);
        PARAMETERS.add(made);
        return made;
    }

    @Override
    public PythonClass type() {
        return type;
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** What {@code super().__init__()} does; with layers, those of a sequence. */
    void initialise(List<Object> layers) {
        initialised = true;
        layers.forEach(layer -> children.put(String.valueOf(children.size()), (Model) layer));
    }

    /** Assigns to an attribute. */
    void set(String name, Object value) {
        boolean parameter = value instanceof Tensor t && PARAMETERS.contains(t);
        if (!initialised && (parameter || value instanceof Model)) {
            throw new Unwritable("a constructor that comes before that of the class above");
        }
        if (parameter) {
            remove(name);
            parameters.put(name, (Tensor) value);
        } else if (value instanceof Model child) {
            remove(name);
            children.put(name, child);
        } else if (parameters.containsKey(name) && value != null) {
            throw new Unwritable("something else in the place of a parameter");
        } else if (parameters.containsKey(name)) {
            parameters.put(name, null);
        } else if (buffers.containsKey(name)) {
            buffers.put(name, (Tensor) value);
        } else {
            attributes.put(name, value);
        }
    }

    void remove(String name) {
        attributes.remove(name);
        parameters.remove(name);
        buffers.remove(name);
        children.remove(name);
    }

    /** An attribute. */
    Object get(String name) {
        for (Map<String, ?> own : List.of(parameters, buffers, children, attributes)) {
            if (own.containsKey(name)) {
                return own.get(name);
            }
        }
        if (type.find(name) != null || name.equals("__class__")) {
            return PythonClass.attribute(this, name);
        }
        switch (name) {
            case "training":
                return mode.isTraining();
            case "_modules":
                return children;
            case "_parameters":
                return parameters;
            case "_buffers":
                return buffers;
            default:
                break;
        }
        if (name.equals("forward")) {
            return ownForward();
        }
        Object known = Torch.known(this, name);
        return known == null ? PythonClass.attribute(this, name) : known;
    }

    /** The forward of PyTorch's class: a sequence applies its children one after the other. */
    Callable ownForward() {
        if (!"nn.Sequential".equals(type.builtin())) {
            throw new Unwritable("a layer without forward");
        }
        return (positional, _) -> {
            Object x = positional.getFirst();
            for (Model child : children.values()) {
                x = PythonValues.call(child, List.of(x), Map.of());
            }
            return x;
        };
    }

    Object call(List<Object> positional, Map<String, Object> named) {
        return PythonValues.call(get("forward"), positional, named);
    }

    @Override
    public Tensor forward(Tensor x) {
        if (call(List.of(x), Map.of()) instanceof Tensor y) {
            return y;
        }
        throw new Unsupported("a layer that gives several values to another");
    }

    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (Map<String, ?> own : List.of(parameters, buffers, children)) {
            own.forEach((name, part) -> {
                if (part != null) {
                    parts.put(name, part);
                }
            });
        }
        parts.putIfAbsent("training", mode);
        return parts;
    }

    /** Those that are iterated over, where this is a sequence. */
    List<Object> layers() {
        return new ArrayList<>(children.values());
    }

    @Override
    public String toString() {
        return TorchModels.text(type.name(), children);
    }
}
