package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.op.CustomOp;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One application of a program's class below {@code torch.autograd.Function}: an operation whose values and gradients are
 * those of the class's {@code forward} and {@code backward}. Several results are computed as one and taken apart.
 */
final class PythonOp implements CustomOp {
    /** What a saved tensor is, if not one of the inputs by its number. */
    private static final int OUTPUT = -1;

    private final PythonClass type;
    private final List<Object> arguments;
    private final Context context = new Context(new LinkedHashMap<>());
    private final List<Object> saved = new ArrayList<>();
    private List<Shape> shapes = List.of();
    private List<Shape> results = List.of();
    private boolean several;

    /** What {@code save_for_backward} and its kin are methods of. */
    record Context(Map<String, Object> attributes) {}

    private PythonOp(PythonClass type, List<Object> arguments) {
        this.type = type;
        this.arguments = arguments;
    }

    /** The class's {@code apply}. */
    static Callable apply(PythonClass type) {
        return (positional, named) -> {
            if (!named.isEmpty()) {
                throw new Unsupported(type.name() + ".apply with names");
            }
            var op = new PythonOp(type, positional);
            return op.unpacked(Engine.run(op, op.inputs()));
        };
    }

    private Tensor[] inputs() {
        return arguments.stream()
                .filter(Tensor.class::isInstance)
                .map(Tensor.class::cast)
                .toArray(Tensor[]::new);
    }

    /** The arguments with these tensors in the places of the inputs. */
    private List<Object> with(List<Tensor> inputs) {
        List<Object> all = new ArrayList<>();
        int next = 0;
        for (Object argument : arguments) {
            all.add(argument instanceof Tensor ? inputs.get(next++) : argument);
        }
        return all;
    }

    private Object unpacked(Tensor packed) {
        if (!several) {
            return packed;
        }
        return new Tuple(new ArrayList<>(pieces(packed)));
    }

    /** The parts of a packed tensor. */
    private List<Tensor> pieces(Tensor packed) {
        if (!several) {
            return List.of(packed);
        }
        List<Tensor> pieces = new ArrayList<>();
        long from = 0;
        for (Shape shape : results) {
            pieces.add(packed.slice(0, from, from + shape.numel()).reshape(shape.sizes()));
            from += shape.numel();
        }
        return pieces;
    }

    @Override
    public String opName() {
        return type.name();
    }

    @Override
    public String gradName() {
        return type.name() + "Backward";
    }

    @Override
    public Numbers compute(Numbers... in) {
        List<Tensor> inputs = new ArrayList<>();
        for (Numbers n : in) {
            inputs.add(Tensor.of(n.values(), DType.F64)
                    .to(n.dtype())
                    .reshape(n.shape().sizes()));
        }
        shapes = inputs.stream().map(Tensor::shape).toList();
        List<Object> needs = new ArrayList<>();
        arguments.forEach(argument -> needs.add(argument instanceof Tensor t && t.requiresGrad()));
        context.attributes.put("needs_input_grad", new Tuple(needs));
        try (var _ = Autograd.noGrad()) {
            return compute(inputs);
        }
    }

    private Numbers compute(List<Tensor> inputs) {
        List<Tensor> kept = new ArrayList<>();
        context.attributes.put("save_for_backward", (Callable) (positional, _) -> {
            positional.forEach(t -> kept.add((Tensor) t));
            return null;
        });
        List<Object> all = with(inputs);
        Object out;
        if (type.find("setup_context") == null) {
            all.addFirst(context);
            out = member("forward").call(all, Map.of());
        } else {
            out = member("forward").call(all, Map.of());
            member("setup_context").call(List.of(context, new Tuple(all), out), Map.of());
        }
        several = !(out instanceof Tensor);
        List<Tensor> tensors =
                PythonRun.flat(out).stream().map(PythonRun::tensor).toList();
        results = tensors.stream().map(Tensor::shape).toList();
        saved.clear();
        for (Tensor t : kept) {
            saved.add(
                    inputs.contains(t)
                            ? (Object) inputs.indexOf(t)
                            : t == tensors.getFirst() && !several ? (Object) OUTPUT : t);
        }
        DType dtype = tensors.getFirst().dtype();
        if (tensors.stream().anyMatch(t -> t.dtype() != dtype)) {
            throw new Unsupported(type.name() + " with results of several types");
        }
        double[] values = tensors.stream()
                .flatMapToDouble(t -> Arrays.stream(t.toDoubles()))
                .toArray();
        return new Numbers(several ? Shape.of(values.length) : results.getFirst(), dtype, values);
    }

    private Callable member(String name) {
        if (type.find(name) != null && type.attribute(name) instanceof Callable function) {
            return function;
        }
        throw new Unwritable("an operation without " + name);
    }

    @Override
    public long keeps(long needs) {
        long bits = 0;
        for (Object each : saved) {
            if (each instanceof Integer place) {
                bits |= place == OUTPUT ? RESULT : 1L << place;
            }
        }
        return bits;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved kept) {
        List<Object> tensors = new ArrayList<>();
        for (Object each : saved) {
            tensors.add(each instanceof Integer place ? place == OUTPUT ? kept.output() : kept.input(place) : each);
        }
        context.attributes.put("saved_tensors", new Tuple(tensors));
        List<Object> incoming = new ArrayList<>(pieces(g));
        incoming.addFirst(context);
        Object all = member("backward").call(incoming, Map.of());
        List<Object> gradients = all instanceof Tuple(List<Object> items, String _) ? items : Arrays.asList(all);
        int place = -1;
        for (int input = -1; input < i; ) {
            place++;
            input += arguments.get(place) instanceof Tensor ? 1 : 0;
        }
        if (gradients.size() < arguments.size()
                || gradients.stream().skip(arguments.size()).anyMatch(x -> x != null)) {
            throw new Unwritable(gradients.size() + " gradients for " + arguments.size() + " arguments");
        }
        return gradients.get(place) instanceof Tensor gradient
                ? gradient
                : Tensor.zeros(g.dtype(), shapes.get(i).sizes());
    }

    /** Example by example: the program's functions know of no others. */
    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        List<Tensor> all = new ArrayList<>();
        for (long n = 0; n < size; n++) {
            Tensor[] one = in.clone();
            for (int k = 0; k < in.length; k++) {
                one[k] = batched[k] ? in[k].select(0, n) : in[k];
            }
            all.add(Engine.run(this, one));
        }
        return Tensor.stack(0, all);
    }

    static Object attribute(Context context, String name) {
        return switch (name) {
            case "mark_non_differentiable", "set_materialize_grads", "mark_dirty" ->
                throw new Unsupported("ctx." + name);
            case String own when context.attributes.containsKey(own) -> context.attributes.get(own);
            default -> throw new PythonError("AttributeError", "ctx has no " + name);
        };
    }
}
