package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A class that a program defines. */
final class PythonClass implements Callable {
    /** An object of such a class. */
    interface Instance {
        PythonClass type();

        /** What was assigned to it, by name. */
        Map<String, Object> attributes();
    }

    /** One of a class that has none of PyTorch's above it. */
    record Plain(PythonClass type, Map<String, Object> attributes) implements Instance {
        @Override
        public String toString() {
            return type.name + " object";
        }
    }

    /** A function that gets no object, that gets the class, or that is called when it is read. */
    record StaticMethod(Object function) {}

    record ClassMethod(Callable function) {}

    record Property(Callable get, Callable set) {}

    /** What {@code super()} gives: the members above a class, of an object. */
    record Parent(PythonClass below, Object self) {}

    private static final List<String> ERRORS = List.of("Exception", "RuntimeError", "ValueError");

    private final String name;
    private final List<Object> bases;
    private final Map<String, Object> members;

    /** @param bases classes of the program, and names of PyTorch's and Python's */
    PythonClass(String name, List<Object> bases, Map<String, Object> members) {
        this.name = name;
        this.bases =
                bases.stream().filter(base -> !base.equals(new Path("object"))).toList();
        this.members = members;
        members.values().forEach(this::own);
    }

    private void own(Object member) {
        switch (member) {
            case PythonFunction function -> function.owner(this);
            case StaticMethod(Object function) -> own(function);
            case ClassMethod(Callable function) -> own(function);
            case Property(Callable get, Callable set) -> {
                own(get);
                own(set);
            }
            case null, default -> {}
        }
    }

    String name() {
        return name;
    }

    Map<String, Object> members() {
        return members;
    }

    boolean isA(Object wanted) {
        return wanted == this
                || bases.stream()
                        .anyMatch(base -> base instanceof PythonClass above
                                ? above.isA(wanted)
                                : Torch.path((Path) base).equals(wanted));
    }

    /** The class of PyTorch's or Python's from which this one descends, or null. */
    String builtin() {
        for (Object base : bases) {
            String found = base instanceof PythonClass above
                    ? above.builtin()
                    : Torch.path((Path) base).name();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A member of this class or one above, or null. */
    Object find(String member) {
        return members.containsKey(member) ? members.get(member) : findAbove(member);
    }

    private Object findAbove(String member) {
        for (Object base : bases) {
            if (base instanceof PythonClass above && above.find(member) != null) {
                return above.find(member);
            }
        }
        return null;
    }

    static Object parent(Object owner, Object self) {
        if (owner instanceof PythonClass below) {
            return new Parent(below, self);
        }
        throw new Unsupported("super() outside of a method");
    }

    @Override
    public Object call(List<Object> positional, Map<String, Object> named) {
        String builtin = builtin();
        Instance made = switch (builtin) {
            case null -> new Plain(this, new LinkedHashMap<>());
            case "nn.Module", "nn.Sequential" -> new PythonModule(this);
            case "torch.utils.data.Dataset" -> new PythonDataset(this, new LinkedHashMap<>());
            case String error when ERRORS.contains(error) -> new Plain(this, new LinkedHashMap<>());
            default -> throw new Unsupported("a class below " + builtin);
        };
        if (find("__init__") instanceof Callable init) {
            List<Object> all = new ArrayList<>(positional);
            all.addFirst(made);
            init.call(all, named);
        } else if (made instanceof PythonModule module) {
            module.initialise(positional);
        } else if (ERRORS.contains(String.valueOf(builtin)) && positional.size() == 1) {
            made.attributes().put("args", positional.getFirst());
        } else if (!positional.isEmpty()) {
            throw new PythonError("TypeError", name + "() takes no arguments");
        }
        return made;
    }

    /** An attribute of an object: its own, or its class's, made fit for being called. */
    static Object attribute(Instance self, String name) {
        PythonClass type = self.type();
        if (type.find(name) instanceof Property(Callable get, Callable _)) {
            return get.call(List.of(self), Map.of());
        }
        if (self.attributes().containsKey(name)) {
            return self.attributes().get(name);
        }
        Object member = type.find(name);
        if (member != null) {
            return bound(member, self, type);
        }
        return switch (name) {
            case "__class__" -> type;
            case "__dict__" -> self.attributes();
            default -> {
                if (type.find("__getattr__") instanceof Callable ask) {
                    yield ask.call(List.of(self, name), Map.of());
                }
                throw new PythonError("AttributeError", type.name + " has no " + name);
            }
        };
    }

    /** An attribute of the class itself. */
    Object attribute(String member) {
        return switch (member) {
            case "__name__" -> name;
            case String apply
            when apply.equals("apply") && "torch.autograd.Function".equals(builtin()) -> PythonOp.apply(this);
            default -> {
                Object found = find(member);
                if (found == null) {
                    throw new PythonError("AttributeError", name + " has no " + member);
                }
                yield switch (found) {
                    case StaticMethod(Object function) -> function;
                    case ClassMethod(Callable function) -> bound(function, this);
                    default -> found;
                };
            }
        };
    }

    /** An attribute of {@code super()}. */
    static Object attribute(Parent parent, String name) {
        Object member = parent.below.findAbove(name);
        if (member != null) {
            return bound(member, parent.self, parent.below);
        }
        if (name.equals("__init__")) {
            return (Callable) (positional, _) -> {
                switch (parent.self) {
                    case PythonModule module -> module.initialise(positional);
                    case Instance instance
                    when positional.size() == 1 -> instance.attributes().put("args", positional.getFirst());
                    default -> {}
                }
                return null;
            };
        }
        if (parent.self instanceof PythonModule module) {
            return name.equals("forward") ? module.ownForward() : Torch.attribute(module, name);
        }
        throw new Unsupported("super()." + name);
    }

    private static Object bound(Object member, Object self, PythonClass type) {
        return switch (member) {
            case StaticMethod(Object function) -> function;
            case ClassMethod(Callable function) -> bound(function, type);
            case PythonFunction function -> bound(function, self);
            case Property(Callable get, Callable _) -> get.call(List.of(self), Map.of());
            default -> member;
        };
    }

    /** A function whose first argument is given. */
    static Callable bound(Callable function, Object self) {
        return (positional, named) -> {
            List<Object> all = new ArrayList<>(positional);
            all.addFirst(self);
            return function.call(all, named);
        };
    }

    /** What an object's method of Python's own names gives, such as {@code __len__}; null if it has none. */
    static Object special(Object object, String name, Object... arguments) {
        if (object instanceof Instance self && self.type().find(name) instanceof Callable method) {
            List<Object> all = new ArrayList<>(Arrays.asList(arguments));
            all.addFirst(self);
            return method.call(all, Map.of());
        }
        return null;
    }
}
