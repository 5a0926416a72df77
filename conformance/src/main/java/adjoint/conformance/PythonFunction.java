package adjoint.conformance;

import adjoint.conformance.Code.Parameter;
import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function that a program defines. */
final class PythonFunction implements Callable {
    /** The variables in a method that {@code super()} reads. */
    static final String OWNER = "__class__";

    static final String SELF = "super()";

    private final String name;
    private final List<Parameter> parameters;
    private final Map<String, Object> defaults = new HashMap<>();
    private final Code body;
    private final PythonRun place;
    private final boolean generates;
    private PythonClass owner;

    /** @param place where it is defined: it sees the variables there */
    PythonFunction(String name, Code.Signature signature, Code body, PythonRun place, boolean generates) {
        this.name = name;
        this.parameters = signature.parameters();
        this.body = body;
        this.place = place;
        this.generates = generates;
        for (Parameter parameter : parameters) {
            if (parameter.otherwise() != null) {
                defaults.put(parameter.name(), place.value(parameter.otherwise()));
            }
        }
    }

    String name() {
        return name;
    }

    /** The class whose method this is. */
    void owner(PythonClass type) {
        owner = type;
    }

    int parameterCount() {
        return parameters.size();
    }

    @Override
    public Object call(List<Object> positional, Map<String, Object> named) {
        Map<String, Object> locals = bind(positional, named);
        if (owner != null && !positional.isEmpty()) {
            locals.put(OWNER, owner);
            locals.put(SELF, positional.getFirst());
        }
        if (generates) {
            List<Object> all = new ArrayList<>();
            new PythonStatements(place.generating(locals, all)).execute(body);
            return new PythonIterator(all.iterator());
        }
        PythonRun run = place.inner(locals);
        return body instanceof Code.Block ? new PythonStatements(run).execute(body) : run.value(body);
    }

    private Map<String, Object> bind(List<Object> positional, Map<String, Object> named) {
        Map<String, Object> locals = new LinkedHashMap<>();
        Map<String, Object> left = new LinkedHashMap<>(named);
        int at = 0;
        for (Parameter parameter : parameters) {
            String key = parameter.name();
            switch (parameter.takes()) {
                case REST -> {
                    locals.put(key, new Tuple(new ArrayList<>(positional.subList(at, positional.size()))));
                    at = positional.size();
                }
                case REST_BY_NAME -> {
                    locals.put(key, new LinkedHashMap<Object, Object>(left));
                    left.clear();
                }
                default -> {
                    boolean byPlace = parameter.takes() == Code.Takes.ONE && at < positional.size();
                    if (byPlace) {
                        locals.put(key, positional.get(at++));
                    } else if (left.containsKey(key)) {
                        locals.put(key, left.remove(key));
                    } else if (defaults.containsKey(key)) {
                        locals.put(key, defaults.get(key));
                    } else {
                        throw new PythonError("TypeError", name + "() without " + key);
                    }
                }
            }
        }
        if (at < positional.size() || !left.isEmpty()) {
            throw new PythonError("TypeError", name + "() with too many arguments");
        }
        return locals;
    }
}
