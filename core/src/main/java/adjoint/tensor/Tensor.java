package adjoint.tensor;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.kernel.Copy;
import adjoint.kernel.Order.Statistic;
import adjoint.kernel.Strided;
import adjoint.op.Accumulate;
import adjoint.op.Binary;
import adjoint.op.Cast;
import adjoint.op.CloneOp;
import adjoint.op.CumProd;
import adjoint.op.CumSum;
import adjoint.op.Direction;
import adjoint.op.DivMod;
import adjoint.op.Extreme;
import adjoint.op.Integers;
import adjoint.op.LogCumSumExp;
import adjoint.op.LogSoftmaxOp;
import adjoint.op.Nonzero;
import adjoint.op.SearchSorted;
import adjoint.op.SoftmaxOp;
import adjoint.op.Ternary;
import adjoint.op.Unary;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A multi-dimensional array of numbers that remembers how it was computed, if asked to. What the rest of the library
 * is about:
 *
 * <pre>{@code
 * var x = Tensor.arange(4.0).requiresGrad(true);
 * var y = x.dot(x).mul(2);
 * y.backward();
 * IO.println(x.grad());            // tensor([ 0.,  4.,  8., 12.])
 * }</pre>
 *
 * <p>Operations make new tensors; those whose name ends in {@code InPlace} (PyTorch's trailing underscore) change the
 * tensor and return it. Views ({@link #reshape}, {@link #transpose}, {@link #at} with ranges, …) share memory. Shapes of
 * two operands broadcast as in NumPy. Whole numbers in a call keep integers integer ({@code x.add(1)}), fractions make
 * them real ({@code x.add(1.0)}), as in PyTorch. Negative dimensions count from the last.
 *
 * <p>Memory belongs to the garbage collector; there is nothing to close. Tensors may be read from several threads;
 * writing needs the caller's own order.
 */
public sealed class Tensor permits Lifted {
    private Strided value; // what it is for good, but for a leaf that data(Tensor) gives other memory
    private View view;
    private Node node;
    private Tensor grad;
    private byte marks; // PARAMETER, and why gradients do not reach what it was made of

    Tensor(Strided value) {
        this.value = value;
    }

    /** The result of an operation on plain tensors; it takes over why gradients do not reach some of them. */
    Tensor(Strided value, Tensor a, Tensor b) {
        this.value = value;
        this.marks = (byte) ((a.marks | b.marks) & ~PARAMETER);
    }

    Tensor(Strided value, View view) {
        this.value = value;
        this.view = view;
    }

    // ---------------------------------------------------------------- creation

    /** A vector of these numbers, F32. PyTorch: {@code tensor}. */
    public static Tensor of(double... values) {
        return Creation.of(values, null);
    }

    /** A vector of these numbers, F32. */
    public static Tensor of(float... values) {
        return Creation.of(values, null);
    }

    /** A vector of these integers, I64. */
    public static Tensor of(long... values) {
        return Creation.of(values, null);
    }

    /** A vector of these integers, I64. */
    public static Tensor of(int... values) {
        return Creation.of(values, null);
    }

    /** A vector of these truth values. */
    public static Tensor of(boolean... values) {
        return Creation.of(values, null);
    }

    /**
     * A tensor of a nested Java array ({@code double[][]}, {@code int[][][]}, {@code Integer[]}, …). Its elements are
     * copied. Integers become I64 and truth values BOOL; {@code double} becomes F32 like {@code float}, the default of the
     * field, unless a type is given with {@link #of(Object, DType)}.
     *
     * @throws ShapeException if rows differ in length
     * @throws DTypeException if it holds anything else than numbers or truth values
     */
    public static Tensor of(Object nested) {
        return Creation.of(nested, null);
    }

    /** A tensor of a nested Java array or a number, as this element type. */
    public static Tensor of(Object nested, DType dtype) {
        return Creation.of(nested, dtype);
    }

    /** A single number (shape {@code []}), F32. */
    public static Tensor scalar(double value) {
        return full(DType.F32, value);
    }

    /** A single integer (shape {@code []}), I64. */
    public static Tensor scalar(long value) {
        return Engine.made(Strided.of(new long[] {value}, DType.I64, Shape.SCALAR));
    }

    /** A single number of this type. */
    public static Tensor scalar(double value, DType dtype) {
        return full(dtype, value);
    }

    /** 0.0, 1.0, … up to before {@code end}, F32. */
    public static Tensor arange(double end) {
        return arange(0, end, 1.0);
    }

    /** 0, 1, … up to before {@code end}, I64. */
    public static Tensor arange(long end) {
        return arange(0, end, 1);
    }

    /** {@code start}, {@code start + 1}, … up to before {@code end}, F32. */
    public static Tensor arange(double start, double end) {
        return arange(start, end, 1.0);
    }

    /** {@code start}, {@code start + 1}, … up to before {@code end}, I64. */
    public static Tensor arange(long start, long end) {
        return arange(start, end, 1);
    }

    /**
     * {@code start}, {@code start + step}, … up to before {@code end}, F32.
     *
     * @throws ValueException if {@code end} is never reached
     */
    public static Tensor arange(double start, double end, double step) {
        return Engine.made(Creation.arange(DType.F32, start, end, step));
    }

    /** {@code start}, {@code start + step}, … up to before {@code end}, I64. */
    public static Tensor arange(long start, long end, long step) {
        return Engine.made(Creation.arange(start, end, step));
    }

    /** {@code start}, {@code start + step}, … up to before {@code end}, of this type. */
    public static Tensor arange(DType dtype, double start, double end, double step) {
        return Engine.made(Creation.arange(dtype, start, end, step));
    }

    /** {@code steps} numbers from start to end, both included, evenly spaced; F32. */
    public static Tensor linspace(double start, double end, long steps) {
        return Grids.linspace(DType.F32, start, end, steps);
    }

    /** {@code steps} numbers from start to end, both included, evenly spaced; integers are cut off. */
    public static Tensor linspace(DType dtype, double start, double end, long steps) {
        return Grids.linspace(dtype, start, end, steps);
    }

    /** {@code steps} numbers from 10^start to 10^end, each the same multiple of the one before; F32. */
    public static Tensor logspace(double start, double end, long steps) {
        return Grids.logspace(DType.F32, start, end, steps, 10);
    }

    /** {@code steps} numbers from base^start to base^end, each the same multiple of the one before. */
    public static Tensor logspace(DType dtype, double start, double end, long steps, double base) {
        return Grids.logspace(dtype, start, end, steps, base);
    }

    /** Where the lower triangle of a matrix lies, row by row: {@code [2, count]}, rows and columns. */
    public static Tensor trilIndices(long rows, long columns) {
        return trilIndices(rows, columns, 0);
    }

    /** As {@link #trilIndices(long, long)}, up to a diagonal so far above the main one. */
    public static Tensor trilIndices(long rows, long columns, long offset) {
        return Grids.triangle("trilIndices", rows, columns, offset, true);
    }

    /** Where the upper triangle of a matrix lies, row by row: {@code [2, count]}, rows and columns. */
    public static Tensor triuIndices(long rows, long columns) {
        return triuIndices(rows, columns, 0);
    }

    /** As {@link #triuIndices(long, long)}, from a diagonal so far above the main one. */
    public static Tensor triuIndices(long rows, long columns, long offset) {
        return Grids.triangle("triuIndices", rows, columns, offset, false);
    }

    /** Zeros, F32. */
    public static Tensor zeros(long... shape) {
        return zeros(DType.F32, shape);
    }

    /** Zeros of this type. */
    public static Tensor zeros(DType dtype, long... shape) {
        return Engine.made(Strided.zeros(dtype, Shape.of(shape)));
    }

    /** Ones, F32. */
    public static Tensor ones(long... shape) {
        return ones(DType.F32, shape);
    }

    /** Ones of this type. */
    public static Tensor ones(DType dtype, long... shape) {
        return full(dtype, 1, shape);
    }

    /** One number everywhere, F32. */
    public static Tensor full(double value, long... shape) {
        return full(DType.F32, value, shape);
    }

    /** One whole number everywhere, I64. */
    public static Tensor full(long value, long... shape) {
        return scalar(value).expand(shape).clone();
    }

    /** One number everywhere, of this type. */
    public static Tensor full(DType dtype, double value, long... shape) {
        return Engine.made(Creation.full(dtype, Shape.of(shape), value));
    }

    /** Ones on the diagonal of an {@code [n, n]} matrix, zeros elsewhere, F32. */
    public static Tensor eye(long n) {
        return eye(n, n);
    }

    /** Ones on the diagonal of a {@code [rows, columns]} matrix, zeros elsewhere, F32. */
    public static Tensor eye(long rows, long columns) {
        Tensor eye = zeros(rows, columns);
        for (int i = 0; i < Math.min(rows, columns); i++) {
            eye.value.floats()[(int) (i * columns + i)] = 1;
        }
        return eye;
    }

    /** Uniform numbers of [0, 1), F32, from {@link Rng#global()}. */
    public static Tensor rand(long... shape) {
        return rand(Rng.global(), DType.F32, shape);
    }

    /** Uniform numbers of [0, 1). */
    public static Tensor rand(Rng rng, DType dtype, long... shape) {
        return Sampling.rand(rng, dtype, Shape.of(shape));
    }

    /** Standard normal numbers, F32, from {@link Rng#global()}. */
    public static Tensor randn(long... shape) {
        return randn(Rng.global(), DType.F32, shape);
    }

    /** Standard normal numbers. */
    public static Tensor randn(Rng rng, DType dtype, long... shape) {
        return Sampling.normal("randn", rng, dtype, 0, 1, Shape.of(shape));
    }

    /** Normal numbers of this mean and standard deviation, F32, from {@link Rng#global()}. */
    public static Tensor normal(double mean, double std, long... shape) {
        return normal(Rng.global(), mean, std, shape);
    }

    /** Normal numbers of this mean and standard deviation, F32. */
    public static Tensor normal(Rng rng, double mean, double std, long... shape) {
        return Sampling.normal("normal", rng, DType.F32, mean, std, Shape.of(shape));
    }

    /** Normal numbers of this mean and standard deviation, of this type. */
    public static Tensor normal(Rng rng, DType dtype, double mean, double std, long... shape) {
        return Sampling.normal("normal", rng, dtype, mean, std, Shape.of(shape));
    }

    /**
     * Normal numbers, each of the mean and standard deviation at its place, of the type of {@code mean}; from {@link
     * Rng#global()}. The two broadcast; their gradients are 0.
     *
     * @throws ValueException if a deviation is negative
     */
    public static Tensor normal(Tensor mean, Tensor std) {
        return normal(Rng.global(), mean, std);
    }

    /** As {@link #normal(Tensor, Tensor)}, from this stream. */
    public static Tensor normal(Rng rng, Tensor mean, Tensor std) {
        return Sampling.normal(rng, mean, std);
    }

    /** Normal numbers, each of the mean at its place, all of this standard deviation. */
    public static Tensor normal(Tensor mean, double std) {
        return normal(Rng.global(), mean, std);
    }

    /** As {@link #normal(Tensor, double)}, from this stream. */
    public static Tensor normal(Rng rng, Tensor mean, double std) {
        return Sampling.normal(rng, mean, std);
    }

    /** Normal numbers of this mean, each of the standard deviation at its place. */
    public static Tensor normal(double mean, Tensor std) {
        return normal(Rng.global(), mean, std);
    }

    /** As {@link #normal(double, Tensor)}, from this stream. */
    public static Tensor normal(Rng rng, double mean, Tensor std) {
        return Sampling.normal(rng, mean, std);
    }

    /** Integers from {@code low} to before {@code high}, I64, from {@link Rng#global()}. */
    public static Tensor randint(long low, long high, long... shape) {
        return randint(Rng.global(), low, high, shape);
    }

    /**
     * Integers from {@code low} to before {@code high}, I64.
     *
     * @throws ValueException if there is none
     */
    public static Tensor randint(Rng rng, long low, long high, long... shape) {
        return randint(rng, DType.I64, low, high, shape);
    }

    /**
     * Integers from {@code low} to before {@code high}, as numbers of this type.
     *
     * @throws ValueException if there is none, or the type does not hold them
     */
    public static Tensor randint(Rng rng, DType dtype, long low, long high, long... shape) {
        return Sampling.randint(rng, dtype, low, high, Shape.of(shape));
    }

    /** The integers from 0 to before {@code n} in random order, I64, from {@link Rng#global()}. */
    public static Tensor randperm(int n) {
        return randperm(Rng.global(), n);
    }

    /** The integers from 0 to before {@code n} in random order, I64. */
    public static Tensor randperm(Rng rng, int n) {
        return Sampling.randperm(rng, n);
    }

    /** Zeros of the shape and type of {@code x}. */
    public static Tensor zerosLike(Tensor x) {
        return x instanceof Lifted lifted ? lifted.like(0) : new Tensor(Strided.zeros(x.dtype(), x.shape()));
    }

    /** Ones of the shape and type of {@code x}. */
    public static Tensor onesLike(Tensor x) {
        return fullLike(x, 1);
    }

    /** One number everywhere, of the shape and type of {@code x}. */
    public static Tensor fullLike(Tensor x, double value) {
        return x instanceof Lifted lifted ? lifted.like(value) : new Tensor(Creation.full(x.dtype(), x.shape(), value));
    }

    /** Uniform numbers of [0, 1), of the shape and type of {@code x}. */
    public static Tensor randLike(Tensor x) {
        return randLike(Rng.global(), x);
    }

    /** Uniform numbers of [0, 1), of the shape and type of {@code x}, from this stream. */
    public static Tensor randLike(Rng rng, Tensor x) {
        return Sampling.randLike(rng, x);
    }

    /** Standard normal numbers of the shape and type of {@code x}. */
    public static Tensor randnLike(Tensor x) {
        return randnLike(Rng.global(), x);
    }

    /** Standard normal numbers of the shape and type of {@code x}, from this stream. */
    public static Tensor randnLike(Rng rng, Tensor x) {
        return Sampling.randnLike(rng, x);
    }

    /** Integers from {@code low} to before {@code high}, of the shape and type of {@code x}. */
    public static Tensor randintLike(Tensor x, long low, long high) {
        return randintLike(Rng.global(), x, low, high);
    }

    /** Integers from {@code low} to before {@code high}, of the shape and type of {@code x}, from this stream. */
    public static Tensor randintLike(Rng rng, Tensor x, long low, long high) {
        return Sampling.randintLike(rng, x, low, high);
    }

    // ---------------------------------------------------------------- what it is

    /** The sizes of the dimensions. */
    public Shape shape() {
        return value.shape();
    }

    /** The type of the elements. */
    public DType dtype() {
        return value.dtype();
    }

    /** The number of elements. */
    public long numel() {
        return value.shape().numel();
    }

    /** The size of dimension {@code dim}. */
    public long size(int dim) {
        return value.shape().size(dim);
    }

    /** How far apart, in elements, neighbours along each dimension lie in memory. PyTorch: {@code stride()}. */
    public long[] strides() {
        return value.strides();
    }

    /** Where in its memory the first element lies, in elements. PyTorch: {@code storage_offset()}. */
    public long storageOffset() {
        return value.offset();
    }

    /** Whether the elements lie densely in row-major order. */
    public boolean isContiguous() {
        return value.isRowMajor();
    }

    /** Whether this shares another tensor's memory as a view of it. */
    public boolean isView() {
        return view != null;
    }

    /** How often this tensor's memory has been written to in place. PyTorch: {@code _version}. */
    public int version() {
        return value.version();
    }

    /** The one element, as a double.
     *
     * @throws ShapeException if there is not exactly one
     */
    public double item() {
        checkSingle();
        return Copy.of(read("item"), DType.F64).doubles()[0];
    }

    /** The one element, as a long; exact for integers.
     *
     * @throws ShapeException if there is not exactly one
     */
    public long itemLong() {
        checkSingle();
        return Copy.of(read("itemLong"), DType.I64).longs()[0];
    }

    /** The one element, as a truth value.
     *
     * @throws ShapeException if there is not exactly one
     */
    public boolean itemBoolean() {
        checkSingle();
        return Copy.of(read("itemBoolean"), DType.BOOL).booleans()[0];
    }

    private void checkSingle() {
        if (numel() != 1) {
            throw new ShapeException("item: of a tensor of shape " + shape() + ": it has " + numel()
                    + " elements, not one. Reduce it (sum(), mean()) or pick one with at(...).");
        }
    }

    /** A copy of the elements in row-major order, as floats. */
    public float[] toFloats() {
        return Copy.of(read("toFloats"), DType.F32).floats();
    }

    /** A copy of the elements in row-major order, as doubles. */
    public double[] toDoubles() {
        return Copy.of(read("toDoubles"), DType.F64).doubles();
    }

    /** A copy of the elements in row-major order, as longs; fractions are cut off. */
    public long[] toLongs() {
        return Copy.of(read("toLongs"), DType.I64).longs();
    }

    /** A copy of the elements in row-major order, as truth values. */
    public boolean[] toBooleans() {
        return Copy.of(read("toBooleans"), DType.BOOL).booleans();
    }

    /** A copy of the elements as nested arrays ({@code float[][]} for an F32 matrix); a boxed number if 0-d. */
    public Object toArray() {
        return Creation.toArray(read("toArray"));
    }

    // ---------------------------------------------------------------- gradients

    /** Whether operations on this tensor are recorded. */
    public boolean requiresGrad() {
        return node() != null;
    }

    /**
     * Says whether a gradient of this tensor is wanted. It must be a leaf of a floating-point type.
     *
     * @return this tensor
     * @throws GraphException if it is the result of a recorded operation
     * @throws DTypeException if it holds integers or truth values
     */
    public Tensor requiresGrad(boolean wanted) {
        Engine.checkPlain("requiresGrad", this);
        Node now = node();
        if (now != null && !now.isLeaf()) {
            if (wanted) {
                return this;
            }
            throw new GraphException("requiresGrad(false): on the result of " + now.name() + ", of shape " + shape()
                    + ": only leaves can be switched off. Use detach() for its value without the graph.");
        }
        if (wanted && !dtype().isFloating()) {
            throw new DTypeException("requiresGrad(true): on a " + dtype() + " tensor: only floating-point tensors have"
                    + " gradients. Convert it with to(DType.F32) first.");
        }
        if (wanted && now == null) {
            view = null;
            node = new Node(this);
            marks |= PARAMETER;
        } else if (!wanted) {
            node = null;
        }
        return this;
    }

    /**
     * Whether this leaf was ever made to require grad. A layer's fields that were are its parameters; one that is
     * frozen with {@code requiresGrad(false)} stays one.
     */
    public boolean isParameter() {
        return (marks & PARAMETER) != 0;
    }

    /** Whether it was not made by a recorded operation. */
    public boolean isLeaf() {
        Node now = node();
        return now == null || now.isLeaf();
    }

    /** The gradient that backward passes have added up here, or null. */
    public Tensor grad() {
        return grad;
    }

    /**
     * Sets the gradient, or with null drops it.
     *
     * @throws ShapeException if it is not of this tensor's shape
     * @throws DTypeException if it is not of this tensor's type
     */
    public void grad(Tensor gradient) {
        if (gradient != null && !gradient.shape().equals(shape())) {
            throw new ShapeException("grad: a gradient of shape " + gradient.shape() + " for a tensor of shape "
                    + shape() + ": they differ. Give one of the tensor's shape.");
        }
        if (gradient != null && gradient.dtype() != dtype()) {
            throw new DTypeException("grad: a " + gradient.dtype() + " gradient for a " + dtype()
                    + " tensor: the types differ. Convert it with to(...).");
        }
        grad = gradient;
    }

    /** Fills the gradient with zeros, if there is one. PyTorch: {@code x.grad.zero_()}. */
    public void zeroGrad() {
        if (grad != null) {
            if (grad.requiresGrad()) {
                grad = grad.detach().clone();
            }
            grad.zeroInPlace();
        }
    }

    /** The name of the operation that made this tensor ({@code MulBackward0}), or null. PyTorch: {@code grad_fn}. */
    public String gradFn() {
        Node now = node();
        return now == null || now.isLeaf() ? null : now.name();
    }

    /**
     * Adds the gradient of this single number to every leaf it was computed from.
     *
     * @throws GraphException if it is not a single number, nothing was recorded, saved values were released by an
     *     earlier backward, or changed in place
     */
    public void backward(GraphOption... options) {
        Engine.backward(this, null, options);
    }

    /**
     * Adds to every leaf the gradient of {@code (this · gradient).sum()}.
     *
     * @param gradient the gradient of some later result in this tensor: of its shape and type
     */
    public void backward(Tensor gradient, GraphOption... options) {
        Engine.backward(this, gradient, options);
    }

    /**
     * Has a function see the gradient of this tensor in every backward pass, before it goes on or is added up; if it
     * gives a tensor and not null, that one takes the gradient's place. PyTorch: {@code register_hook}.
     *
     * @return takes the function away again
     * @throws GraphException if this tensor does not require grad; in a pass, if the other gradient is of another shape
     */
    public HookHandle registerHook(UnaryOperator<Tensor> hook) {
        Engine.checkPlain("registerHook", this);
        Node now = node();
        if (now == null) {
            throw new GraphException(
                    "registerHook: on a tensor of shape " + shape()
                            + " that does not require grad: it will have no gradient. Call requiresGrad(true) on a leaf first.");
        }
        now.hook(hook);
        return () -> now.unhook(hook);
    }

    /** Asks that backward keeps the gradient of this tensor in {@link #grad()} although it is no leaf. */
    public Tensor retainGrad() {
        Engine.checkPlain("retainGrad", this);
        Node now = node();
        if (now == null) {
            throw new GraphException(
                    "retainGrad: on a tensor of shape " + shape()
                            + " that does not require grad: it will have no gradient. Call requiresGrad(true) on a leaf first.");
        }
        if (!now.isLeaf()) {
            now.retain(this);
        }
        return this;
    }

    /** The same memory, outside the graph. Writes to it are noticed by what was saved for backward. */
    public Tensor detach() {
        return this instanceof Lifted lifted
                ? lifted.detached(Tensor::detach)
                : new Tensor(value).cutFrom(this, DETACHED);
    }

    /** The same memory, outside the graph; writes to it are not noticed. For changing parameters. */
    public Tensor data() {
        return this instanceof Lifted lifted
                ? lifted.detached(Tensor::data)
                : new Tensor(value.unversioned()).cutFrom(this, DETACHED);
    }

    /**
     * Gives this leaf the memory of another tensor: its numbers, shape and type. Optimizers and layers that hold this
     * tensor see the change; a gradient of another shape or type is dropped. PyTorch: {@code x.data = source}.
     *
     * @return this tensor
     * @throws GraphException if it is no leaf, or a view of other memory
     * @throws DTypeException if it requires grad and the new type has no gradients
     */
    public Tensor data(Tensor source) {
        Engine.checkPlain("data", this);
        Engine.checkPlain("data", source);
        Node now = node();
        if (view != null || (now != null && !now.isLeaf())) {
            throw new GraphException("data: another tensor of shape " + source.shape() + " for "
                    + (view != null ? "a view of shape " : "the result of " + now.name() + ", of shape ") + shape()
                    + ": only a leaf with memory of its own can be given other memory. Write with copyInPlace, or use the"
                    + " source itself.");
        }
        if (now != null && !source.dtype().isFloating()) {
            throw new DTypeException("data: a " + source.dtype() + " tensor for a leaf that requires grad: only"
                    + " floating-point tensors have gradients. Convert it with to(DType.F32) first.");
        }
        boolean same = source.shape().equals(shape()) && source.dtype() == dtype();
        value = source.value;
        if (!same) {
            grad = null;
            node = now == null ? null : new Node(this);
        }
        return this;
    }

    // ---------------------------------------------------------------- types and copies

    /** This tensor as another element type: itself if it has it, else a copy. */
    public Tensor to(DType dtype) {
        return dtype == dtype() ? this : Engine.run(new Cast(dtype(), dtype), this);
    }

    /** A row-major copy that gradients flow through. */
    @Override
    @SuppressWarnings({"MethodDoesntCallSuperMethod", "CloneableImplementsClone"})
    public Tensor clone() {
        return Engine.run(CloneOp.CLONE, this);
    }

    /** This tensor if it lies densely in row-major order, else a copy that does. */
    public Tensor contiguous() {
        return isContiguous() ? this : clone();
    }

    // ---------------------------------------------------------------- other shapes

    /**
     * Other sizes for the same elements in row-major order; one may be −1: what is left over. A view where the layout
     * allows it, else a copy.
     *
     * @throws ShapeException if the number of elements differs
     */
    public Tensor reshape(long... sizes) {
        return Shaping.reshape(this, sizes);
    }

    /**
     * As {@link #reshape}, but never a copy.
     *
     * @throws ShapeException if only a copy could have that shape
     */
    public Tensor view(long... sizes) {
        return Shaping.view(this, sizes);
    }

    /** All elements as a vector. */
    public Tensor flatten() {
        return reshape(-1);
    }

    /** Two dimensions swapped; a view. */
    public Tensor transpose(int a, int b) {
        return Shaping.transpose(this, "TransposeBackward0", a, b);
    }

    /**
     * A matrix transposed; a view. Vectors and single numbers stay as they are.
     *
     * @throws ShapeException if it has more than two dimensions
     */
    public Tensor t() {
        if (shape().rank() > 2) {
            throw new ShapeException("t: of a tensor of shape " + shape()
                    + ": it transposes matrices. Use transpose(a, b) or permute for more dimensions.");
        }
        return Shaping.transpose(this, "TBackward0", 0, shape().rank() == 2 ? 1 : 0);
    }

    /** Dimensions in another order: dimension {@code d} of the result is dimension {@code order[d]}; a view. */
    public Tensor permute(int... order) {
        return Shaping.permute(this, order);
    }

    /** Sizes of 1 repeated, and new dimensions at the left, without copying; −1 keeps a size. PyTorch also: broadcast_to. */
    public Tensor expand(long... sizes) {
        return Shaping.expand(this, sizes);
    }

    /** Without the dimensions of size 1; a view. */
    public Tensor squeeze() {
        return Shaping.squeeze(this);
    }

    /** Without dimension {@code dim} if its size is 1; a view. */
    public Tensor squeeze(int dim) {
        return Shaping.squeeze(this, dim);
    }

    /** With a new dimension of size 1 at {@code dim}; a view. */
    public Tensor unsqueeze(int dim) {
        return Shaping.unsqueeze(this, dim);
    }

    /** Position {@code index} of dimension {@code dim}, which disappears; a view. */
    public Tensor select(int dim, long index) {
        return Shaping.select(this, dim, index);
    }

    /** The positions from {@code start} to before {@code end} of dimension {@code dim}; a view. */
    public Tensor slice(int dim, long start, long end) {
        return Shaping.slice(this, dim, start, end, 1);
    }

    /** Every {@code step}-th position from {@code start} to before {@code end} of dimension {@code dim}; a view. */
    public Tensor slice(int dim, long start, long end, long step) {
        return Shaping.slice(this, dim, start, end, step);
    }

    /** Tensors laid one after the other along dimension {@code dim}; their other sizes are equal. */
    public static Tensor cat(int dim, Tensor... parts) {
        return Shaping.cat(dim, List.of(parts));
    }

    /** Tensors laid one after the other along dimension {@code dim}. */
    public static Tensor cat(int dim, List<Tensor> parts) {
        return Shaping.cat(dim, parts);
    }

    /** Tensors of one shape along a new dimension {@code dim}. */
    public static Tensor stack(int dim, Tensor... parts) {
        return Shaping.stack(dim, List.of(parts));
    }

    /** Tensors of one shape along a new dimension {@code dim}. */
    public static Tensor stack(int dim, List<Tensor> parts) {
        return Shaping.stack(dim, parts);
    }

    // ---------------------------------------------------------------- taken apart, turned, repeated, joined

    /** {@code length} positions of a dimension from {@code start} on; a view. */
    public Tensor narrow(int dim, long start, long length) {
        return Rearranging.narrow(this, dim, start, length);
    }

    /** Parts of {@code size} positions of a dimension, the last maybe shorter; views. */
    public List<Tensor> split(long size, int dim) {
        return Rearranging.split(this, size, dim);
    }

    /** Parts of {@code size} positions of the first dimension. */
    public List<Tensor> split(long size) {
        return split(size, 0);
    }

    /** Parts of these sizes, which add up to the dimension's; views. */
    public List<Tensor> split(long[] sizes, int dim) {
        return Rearranging.split(this, sizes, dim);
    }

    /** At most so many parts of a dimension, all but the last equally long; views. */
    public List<Tensor> chunk(long chunks, int dim) {
        return Rearranging.chunk(this, chunks, dim);
    }

    /** At most so many parts of the first dimension. */
    public List<Tensor> chunk(long chunks) {
        return chunk(chunks, 0);
    }

    /** Exactly so many parts of a dimension, the first ones longer by 1 where they must; views. */
    public List<Tensor> tensorSplit(long sections, int dim) {
        return Rearranging.tensorSplit(this, sections, dim);
    }

    /** The parts of a dimension between these positions; views. */
    public List<Tensor> tensorSplit(long[] positions, int dim) {
        return Rearranging.tensorSplit(this, positions, dim);
    }

    /** So many equal parts side by side: of the second dimension, a vector's only one. */
    public List<Tensor> hsplit(long sections) {
        return Assembling.split("hsplit", this, sections, shape().rank() <= 1 ? 0 : 1);
    }

    /** The parts that begin at these positions of the second dimension, of a vector its only one, and the one before the first. */
    public List<Tensor> hsplit(long[] positions) {
        return Assembling.split("hsplit", this, positions, shape().rank() <= 1 ? 0 : 1);
    }

    /** So many equal parts of the first dimension. */
    public List<Tensor> vsplit(long sections) {
        return Assembling.split("vsplit", this, sections, 0);
    }

    /** The parts that begin at these positions of the first dimension, and the one before the first. */
    public List<Tensor> vsplit(long[] positions) {
        return Assembling.split("vsplit", this, positions, 0);
    }

    /** So many equal parts of the third dimension. */
    public List<Tensor> dsplit(long sections) {
        return Assembling.split("dsplit", this, sections, 2);
    }

    /** The parts that begin at these positions of the third dimension, and the one before the first. */
    public List<Tensor> dsplit(long[] positions) {
        return Assembling.split("dsplit", this, positions, 2);
    }

    /** The positions of a dimension, each a tensor without it; views. */
    public List<Tensor> unbind(int dim) {
        return Rearranging.unbind(this, dim);
    }

    /** The positions of the first dimension. */
    public List<Tensor> unbind() {
        return unbind(0);
    }

    /** Dimension {@code from} moved to place {@code to}; a view. */
    public Tensor movedim(int from, int to) {
        return movedim(new int[] {from}, new int[] {to});
    }

    /** Dimensions moved to other places, the others kept in order; a view. */
    public Tensor movedim(int[] from, int[] to) {
        return Rearranging.movedim(this, from, to);
    }

    /** Two dimensions swapped; a view. */
    public Tensor swapaxes(int a, int b) {
        return transpose(a, b);
    }

    /** Two dimensions swapped; a view. */
    public Tensor swapdims(int a, int b) {
        return transpose(a, b);
    }

    /** Each matrix of the last two dimensions transposed; a view. */
    public Tensor mT() {
        return transpose(-2, -1);
    }

    /** The dimensions from {@code start} on as one. */
    public Tensor flatten(int start) {
        return flatten(start, -1);
    }

    /** The dimensions from {@code start} to {@code end}, both included, as one. */
    public Tensor flatten(int start, int end) {
        return Rearranging.flatten(this, start, end);
    }

    /** One dimension as several of these sizes; one may be −1. */
    public Tensor unflatten(int dim, long... sizes) {
        return Rearranging.unflatten(this, dim, sizes);
    }

    /** All elements as a vector. */
    public Tensor ravel() {
        return flatten();
    }

    /** {@link #view} with another tensor's sizes. */
    public Tensor viewAs(Tensor other) {
        return view(other.shape().sizes());
    }

    /** {@link #reshape} with another tensor's sizes. */
    public Tensor reshapeAs(Tensor other) {
        return reshape(other.shape().sizes());
    }

    /** {@link #expand} with another tensor's sizes. */
    public Tensor expandAs(Tensor other) {
        return expand(other.shape().sizes());
    }

    /** {@link #expand}. */
    public Tensor broadcastTo(long... sizes) {
        return expand(sizes);
    }

    /** Tensors expanded to the shape that they broadcast to. */
    public static List<Tensor> broadcastTensors(Tensor... tensors) {
        return Rearranging.broadcastTensors(List.of(tensors));
    }

    /** The shape that shapes broadcast to. */
    public static Shape broadcastShapes(Shape... shapes) {
        return Rearranging.broadcastShapes(List.of(shapes));
    }

    /** Without those of the dimensions whose size is 1; a view. */
    public Tensor squeeze(int first, int second, int... more) {
        int[] dims = IntStream.concat(IntStream.of(first, second), IntStream.of(more))
                .toArray();
        return Rearranging.squeeze(this, dims);
    }

    /** With at least one dimension. */
    public Tensor atLeast1d() {
        return Rearranging.atLeast(this, 1);
    }

    /** With at least two dimensions; a vector becomes a row. */
    public Tensor atLeast2d() {
        return Rearranging.atLeast(this, 2);
    }

    /** With at least three dimensions; a vector becomes {@code [1, n, 1]}, a matrix {@code [n, m, 1]}. */
    public Tensor atLeast3d() {
        return Rearranging.atLeast(this, 3);
    }

    /** The diagonal of the first two dimensions; a view. */
    public Tensor diagonal() {
        return diagonal(0, 0, 1);
    }

    /** The diagonal {@code offset} places above the main one of two dimensions, as the last dimension; a view. */
    public Tensor diagonal(long offset, int dim1, int dim2) {
        return Rearranging.diagonal(this, offset, dim1, dim2);
    }

    /** A matrix with this vector on its diagonal, or a matrix' diagonal. */
    public Tensor diag() {
        return diag(0);
    }

    /** As {@link #diag()}, {@code offset} places above the main diagonal. */
    public Tensor diag(long offset) {
        return Rearranging.diag(this, offset);
    }

    /** Matrices with the last dimension on their diagonals. */
    public Tensor diagEmbed() {
        return diagEmbed(0);
    }

    /** As {@link #diagEmbed()}, {@code offset} places above the main diagonal. */
    public Tensor diagEmbed(long offset) {
        return Rearranging.diagEmbed(this, offset);
    }

    /** A matrix with all elements on its diagonal {@code offset}. */
    public Tensor diagflat(long offset) {
        return Rearranging.diagEmbed(flatten(), offset);
    }

    /** The matrices with zeros above their diagonals. */
    public Tensor tril() {
        return tril(0);
    }

    /** The matrices with zeros above the diagonal {@code offset} places above the main one. */
    public Tensor tril(long offset) {
        return Rearranging.tril(this, offset);
    }

    /** The matrices with zeros below their diagonals. */
    public Tensor triu() {
        return triu(0);
    }

    /** The matrices with zeros below the diagonal {@code offset} places above the main one. */
    public Tensor triu(long offset) {
        return Rearranging.triu(this, offset);
    }

    /** Windows of {@code size} positions of a dimension, one every {@code step}, along a new last dimension; a view. */
    public Tensor unfold(int dim, long size, long step) {
        return Rearranging.unfold(this, dim, size, step);
    }

    /** {@link #asStrided(long[], long[], long)} from the first element on. */
    public Tensor asStrided(long[] sizes, long[] strides) {
        return asStrided(sizes, strides, 0);
    }

    /**
     * Elements by their number in this row-major tensor: {@code (i, j, …)} is {@code start + i·strides[0] + …}; a view.
     *
     * @throws ShapeException if one is outside, or this tensor is not row-major
     */
    public Tensor asStrided(long[] sizes, long[] strides, long start) {
        return Rearranging.asStrided(this, sizes, strides, start);
    }

    /** Dimensions in the opposite direction. */
    public Tensor flip(int... dims) {
        return Rearranging.flip(this, dims);
    }

    /** The second dimension in the opposite direction. */
    public Tensor fliplr() {
        return flip(1);
    }

    /** The first dimension in the opposite direction. */
    public Tensor flipud() {
        return flip(0);
    }

    /** The elements moved on by {@code shift} in row-major order; those that fall off come in at the start. */
    public Tensor roll(long shift) {
        return Rearranging.roll(this, new long[] {shift}, new int[0]);
    }

    /** The positions of a dimension moved on; those that fall off come in at the start. */
    public Tensor roll(long shift, int dim) {
        return Rearranging.roll(this, new long[] {shift}, new int[] {dim});
    }

    /** Several dimensions rolled, each by its shift. */
    public Tensor roll(long[] shifts, int[] dims) {
        return Rearranging.roll(this, shifts, dims);
    }

    /** Turned so many times by 90° from dimension {@code a} towards {@code b}. */
    public Tensor rot90(long times, int a, int b) {
        return Rearranging.rot90(this, times, a, b);
    }

    /** The whole repeated so many times along each dimension; new ones come first. */
    public Tensor repeat(long... times) {
        return Rearranging.repeat(this, times);
    }

    /** As {@link #repeat}; missing numbers at the left are 1. */
    public Tensor tile(long... times) {
        return Rearranging.tile(this, times);
    }

    /** Each element repeated, as a vector. */
    public Tensor repeatInterleave(long times) {
        return flatten().repeatInterleave(times, 0);
    }

    /** Each position of a dimension repeated. */
    public Tensor repeatInterleave(long times, int dim) {
        return Rearranging.repeatInterleave(this, times, dim);
    }

    /** Each position of a dimension repeated as often as its count says. */
    public Tensor repeatInterleave(Tensor times, int dim) {
        return Rearranging.repeatInterleave(this, times, dim);
    }

    /** Tensors side by side: along the second dimension, vectors along their only one. */
    public static Tensor hstack(Tensor... parts) {
        return Rearranging.hstack(List.of(parts));
    }

    /** Tensors below each other: along the first dimension, vectors as rows. */
    public static Tensor vstack(Tensor... parts) {
        return Rearranging.vstack(List.of(parts));
    }

    /** Tensors behind each other: along the third dimension. */
    public static Tensor dstack(Tensor... parts) {
        return Rearranging.dstack(List.of(parts));
    }

    /** Tensors side by side, vectors as columns. */
    public static Tensor columnStack(Tensor... parts) {
        return Rearranging.columnStack(List.of(parts));
    }

    /** Vectors as coordinates of a grid: each varies along its own dimension. PyTorch: {@code indexing="ij"}. */
    public static List<Tensor> meshgrid(Tensor... axes) {
        return Rearranging.meshgrid(List.of(axes));
    }

    /** As {@link #meshgrid(Tensor...)}, with the first axis along the dimension that is said. */
    public static List<Tensor> meshgrid(GridIndexing indexing, Tensor... axes) {
        return Grids.meshgrid(indexing, List.of(axes));
    }

    /** The powers of a vector's elements, the highest first: {@code [n, n]}. */
    public Tensor vander() {
        return vander(numel(), Sort.DESCENDING);
    }

    /** The powers of a vector's elements from 0 to {@code columns − 1}, in this order. PyTorch: {@code increasing}. */
    public Tensor vander(long columns, Sort order) {
        return Grids.vander(this, columns, order);
    }

    /** Matrices along the diagonal of one that is 0 elsewhere; vectors count as rows. */
    public static Tensor blockDiag(Tensor... blocks) {
        return Assembling.blockDiag(List.of(blocks));
    }

    /** All ways to choose r different elements of a vector, in order: {@code [count, r]}. */
    public Tensor combinations(int r) {
        return Assembling.combinations(this, r, false);
    }

    /** All ways to choose r elements of a vector, each as often as one likes: {@code [count, r]}. */
    public Tensor combinationsWithReplacement(int r) {
        return Assembling.combinations(this, r, true);
    }

    /** A copy in which position {@code index} of a dimension is replaced. */
    public Tensor selectScatter(Tensor source, int dim, long index) {
        return Assembling.selectScatter(this, source, dim, index);
    }

    /** A copy in which a {@link #slice(int, long, long, long)} is replaced. */
    public Tensor sliceScatter(Tensor source, int dim, long start, long end, long step) {
        return Assembling.sliceScatter(this, source, dim, start, end, step);
    }

    /** A copy in which a {@link #diagonal(long, int, int)} is replaced. */
    public Tensor diagonalScatter(Tensor source, long offset, int dim1, int dim2) {
        return Assembling.diagonalScatter(this, source, offset, dim1, dim2);
    }

    /** A copy in which what {@link #asStrided(long[], long[], long)} shows is replaced. */
    public Tensor asStridedScatter(Tensor source, long[] sizes, long[] strides, long start) {
        return Assembling.asStridedScatter(this, source, sizes, strides, start);
    }

    /** All combinations of the elements of vectors: {@code [count, vectors]}. */
    public static Tensor cartesianProd(Tensor... axes) {
        return Rearranging.cartesianProd(List.of(axes));
    }

    // ---------------------------------------------------------------- parts

    /** The part at these positions, one for each leading dimension: {@code x[1, 2]}; a view. */
    public Tensor at(long... positions) {
        Index[] where = new Index[positions.length];
        for (int i = 0; i < where.length; i++) {
            where[i] = Index.at(positions[i]);
        }
        return at(where);
    }

    /** The part that the indices select: a view for positions and ranges, a copy for integer tensors and masks. */
    public Tensor at(Index... where) {
        return Indexing.get(this, where);
    }

    /** Where {@code index} holds (a truth tensor), or the rows at its positions (an integer tensor): {@code x[index]}. */
    public Tensor at(Tensor index) {
        return at(Index.of(index));
    }

    /** Writes one number into the part that the indices select: {@code x[...] = value}. */
    public void set(double number, Index... where) {
        set(scalar(number, dtype()), where);
    }

    /** Writes into the part at these positions: {@code x[1, 2] = value}. */
    public void set(double number, long... positions) {
        at(positions).fillInPlace(number);
    }

    /** Writes one whole number into the part that the indices select: {@code x[...] = value}. */
    public void set(long number, Index... where) {
        set(scalar(number), where);
    }

    /** Writes a whole number into the part at these positions: {@code x[1, 2] = value}. */
    public void set(long number, long... positions) {
        at(positions).fillInPlace(number);
    }

    /**
     * Writes values, broadcast and converted, into the part that the indices select: {@code x[...] = values}.
     *
     * @throws ShapeException if they do not broadcast to the part
     */
    public void set(Tensor values, Index... where) {
        Indexing.set(this, values, where);
    }

    /**
     * {@code out[…, i, …] = this[…, index[…, i, …], …]} along a dimension, of the shape of {@code index}.
     *
     * @param index I64, of as many dimensions as this tensor and in the others no larger
     */
    public Tensor gather(int dim, Tensor index) {
        return Scattering.gather(this, dim, index);
    }

    /** As {@link #gather}, with the index broadcast in the other dimensions. */
    public Tensor takeAlongDim(Tensor index, int dim) {
        return Scattering.takeAlongDim(this, index, dim);
    }

    /** A copy with {@code […, index[…, i, …], …] = source[…, i, …]} along a dimension. */
    public Tensor scatter(int dim, Tensor index, Tensor source) {
        return Scattering.scatter("scatter", this, dim, index, source, Accumulate.REPLACE);
    }

    /** A copy with one number at the positions along a dimension. */
    public Tensor scatter(int dim, Tensor index, double value) {
        return Scattering.scatter(this, dim, index, value);
    }

    /** A copy with {@code […, index[…, i, …], …] += source[…, i, …]} along a dimension. */
    public Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        return Scattering.scatter("scatterAdd", this, dim, index, source, Accumulate.ADD);
    }

    /** A copy in which all values sent to a place are reduced to one. */
    public Tensor scatterReduce(int dim, Tensor index, Tensor source, ScatterReduction how, Included included) {
        return Scattering.scatterReduce(this, dim, index, source, how, included);
    }

    /** {@link #scatter(int, Tensor, Tensor)} in place. */
    public Tensor scatterInPlace(int dim, Tensor index, Tensor source) {
        return Engine.assign(this, scatter(dim, index, source));
    }

    /** {@link #scatter(int, Tensor, double)} in place. */
    public Tensor scatterInPlace(int dim, Tensor index, double value) {
        return Engine.assign(this, scatter(dim, index, value));
    }

    /** {@link #scatterAdd} in place. */
    public Tensor scatterAddInPlace(int dim, Tensor index, Tensor source) {
        return Engine.assign(this, scatterAdd(dim, index, source));
    }

    /** {@link #scatterReduce} in place. */
    public Tensor scatterReduceInPlace(int dim, Tensor index, Tensor source, ScatterReduction how, Included included) {
        return Engine.assign(this, scatterReduce(dim, index, source, how, included));
    }

    /** The positions that a list names of a dimension, in its order. */
    public Tensor indexSelect(int dim, Tensor index) {
        return Scattering.indexSelect(this, dim, index);
    }

    /** A copy with the source added at the listed positions of a dimension. */
    public Tensor indexAdd(int dim, Tensor index, Tensor source) {
        return Scattering.indexWrite("indexAdd", this, dim, index, source, Accumulate.ADD);
    }

    /** A copy with {@code alpha} times the source added at the listed positions of a dimension. */
    public Tensor indexAdd(int dim, Tensor index, Tensor source, double alpha) {
        return indexAdd(dim, index, source.mul(scalar(alpha, source.dtype())));
    }

    /** A copy with the source at the listed positions of a dimension. */
    public Tensor indexCopy(int dim, Tensor index, Tensor source) {
        return Scattering.indexWrite("indexCopy", this, dim, index, source, Accumulate.REPLACE);
    }

    /** A copy with one number at the listed positions of a dimension. */
    public Tensor indexFill(int dim, Tensor index, double value) {
        return indexFill(dim, index, scalar(value, dtype()));
    }

    /** A copy with a single number at the listed positions of a dimension. */
    public Tensor indexFill(int dim, Tensor index, Tensor value) {
        return Scattering.indexFill(this, dim, index, value);
    }

    /** {@link #indexAdd(int, Tensor, Tensor)} in place. */
    public Tensor indexAddInPlace(int dim, Tensor index, Tensor source) {
        return Engine.assign(this, indexAdd(dim, index, source));
    }

    /** {@link #indexAdd(int, Tensor, Tensor, double)} in place. */
    public Tensor indexAddInPlace(int dim, Tensor index, Tensor source, double alpha) {
        return Engine.assign(this, indexAdd(dim, index, source, alpha));
    }

    /** {@link #indexCopy} in place. */
    public Tensor indexCopyInPlace(int dim, Tensor index, Tensor source) {
        return Engine.assign(this, indexCopy(dim, index, source));
    }

    /** {@link #indexFill(int, Tensor, double)} in place. */
    public Tensor indexFillInPlace(int dim, Tensor index, double value) {
        return Engine.assign(this, indexFill(dim, index, value));
    }

    /** A copy with values written (or added) into the part that the indices select. */
    public Tensor indexPut(Tensor values, Accumulate mode, Index... where) {
        return Indexing.put(this.clone(), values, mode, where);
    }

    /** Writes (or adds) values into the part that the indices select. */
    public Tensor indexPutInPlace(Tensor values, Accumulate mode, Index... where) {
        return Indexing.put(this, values, mode, where);
    }

    /** The elements at positions in row-major order, in the index' shape. */
    public Tensor take(Tensor index) {
        return Scattering.take(this, index);
    }

    /** A copy with values written (or added) at positions in row-major order. */
    public Tensor put(Tensor index, Tensor source, Accumulate mode) {
        return Scattering.put(this, index, source, mode);
    }

    /** {@link #put} in place. */
    public Tensor putInPlace(Tensor index, Tensor source, Accumulate mode) {
        return Engine.assign(this, put(index, source, mode));
    }

    /** The elements where the mask (broadcast) holds, as a vector. */
    public Tensor maskedSelect(Tensor mask) {
        return Scattering.maskedSelect(this, mask);
    }

    /** A copy with one number where the mask (broadcast) holds. */
    public Tensor maskedFill(Tensor mask, double value) {
        return maskedFill(mask, scalar(value, dtype()));
    }

    /** A copy with a single number where the mask (broadcast) holds. */
    public Tensor maskedFill(Tensor mask, Tensor value) {
        return Scattering.maskedFill(this, mask, value);
    }

    /** A copy with the source's elements, in order, where the mask (broadcast) holds. */
    public Tensor maskedScatter(Tensor mask, Tensor source) {
        return Scattering.maskedScatter(this, mask, source);
    }

    /** {@link #maskedFill(Tensor, double)} in place. */
    public Tensor maskedFillInPlace(Tensor mask, double value) {
        return Engine.assign(this, maskedFill(mask, value));
    }

    /** {@link #maskedFill(Tensor, Tensor)} in place. */
    public Tensor maskedFillInPlace(Tensor mask, Tensor value) {
        return Engine.assign(this, maskedFill(mask, value));
    }

    /** {@link #maskedScatter} in place. */
    public Tensor maskedScatterInPlace(Tensor mask, Tensor source) {
        return Engine.assign(this, maskedScatter(mask, source));
    }

    /** Where each value would be put into this sorted sequence (the last dimension): before elements equal to it. */
    public Tensor searchSorted(Tensor values) {
        return searchSorted(values, SearchSorted.Side.LEFT);
    }

    /** Where each value would be put into this sorted sequence (the last dimension). */
    public Tensor searchSorted(Tensor values, SearchSorted.Side side) {
        return Scattering.searchSorted(this, values, side);
    }

    /** The number of the bucket, between these sorted boundaries, that each element falls into. */
    public Tensor bucketize(Tensor boundaries) {
        return boundaries.searchSorted(this);
    }

    /** The number of the bucket that each element falls into; the side says where elements equal to a boundary go. */
    public Tensor bucketize(Tensor boundaries, SearchSorted.Side side) {
        return boundaries.searchSorted(this, side);
    }

    /** The positions of the elements that are not zero: {@code [count, rank]}, I64. */
    public Tensor argwhere() {
        return nonzero();
    }

    /** The positions of the elements that are not zero, dimension by dimension. PyTorch: {@code nonzero(as_tuple=True)}. */
    public List<Tensor> nonzeroAsList() {
        Tensor found = shape().rank() == 0 ? reshape(1).nonzero() : nonzero();
        return IntStream.range(0, (int) found.size(1))
                .mapToObj(d -> found.select(1, d))
                .toList();
    }

    /** The positions of the elements that are not zero: {@code [count, rank]}, I64. */
    public Tensor nonzero() {
        return Engine.run(Nonzero.NONZERO, this);
    }

    // ---------------------------------------------------------------- arithmetic

    /** {@code this + b}, elementwise with broadcasting. */
    public Tensor add(Tensor b) {
        return Arithmetic.binary(Binary.ADD, this, b);
    }

    /** {@code this + b}, with a number. */
    public Tensor add(double b) {
        return Arithmetic.right(Binary.ADD, this, b);
    }

    /** {@code this + b}, with a whole number: integers stay integers. */
    public Tensor add(long b) {
        return Arithmetic.right(Binary.ADD, this, b);
    }

    /** {@code this − b}, elementwise with broadcasting. */
    public Tensor sub(Tensor b) {
        return Arithmetic.binary(Binary.SUB, this, b);
    }

    /** {@code this − b}, with a number. */
    public Tensor sub(double b) {
        return Arithmetic.right(Binary.SUB, this, b);
    }

    /** {@code this − b}, with a whole number: integers stay integers. */
    public Tensor sub(long b) {
        return Arithmetic.right(Binary.SUB, this, b);
    }

    /** {@code this · b}, elementwise with broadcasting. */
    public Tensor mul(Tensor b) {
        return Arithmetic.binary(Binary.MUL, this, b);
    }

    /** {@code this · b}, with a number. */
    public Tensor mul(double b) {
        return Arithmetic.right(Binary.MUL, this, b);
    }

    /** {@code this · b}, with a whole number: integers stay integers. */
    public Tensor mul(long b) {
        return Arithmetic.right(Binary.MUL, this, b);
    }

    /** {@code this / b}; integers are divided as real numbers, elementwise with broadcasting. */
    public Tensor div(Tensor b) {
        return Arithmetic.binary(Binary.DIV, this, b);
    }

    /** {@code this / b}; integers are divided as real numbers, with a number. */
    public Tensor div(double b) {
        return Arithmetic.right(Binary.DIV, this, b);
    }

    /** {@code this / b}; integers are divided as real numbers, with a whole number: integers stay integers. */
    public Tensor div(long b) {
        return Arithmetic.right(Binary.DIV, this, b);
    }

    /** {@code this} to the power {@code b}, elementwise with broadcasting. */
    public Tensor pow(Tensor b) {
        return Arithmetic.binary(Binary.POW, this, b);
    }

    /** {@code this} to the power {@code b}, with a number. */
    public Tensor pow(double b) {
        return Arithmetic.right(Binary.POW, this, b);
    }

    /** {@code this} to the power {@code b}, with a whole number: integers stay integers. */
    public Tensor pow(long b) {
        return Arithmetic.right(Binary.POW, this, b);
    }

    /** The larger of {@code this} and {@code b}; ties share the gradient, elementwise with broadcasting. */
    public Tensor maximum(Tensor b) {
        return Arithmetic.binary(Binary.MAXIMUM, this, b);
    }

    /** The larger of {@code this} and {@code b}; ties share the gradient, with a number. */
    public Tensor maximum(double b) {
        return Arithmetic.right(Binary.MAXIMUM, this, b);
    }

    /** The larger of {@code this} and {@code b}; ties share the gradient, with a whole number: integers stay integers. */
    public Tensor maximum(long b) {
        return Arithmetic.right(Binary.MAXIMUM, this, b);
    }

    /** The smaller of {@code this} and {@code b}; ties share the gradient, elementwise with broadcasting. */
    public Tensor minimum(Tensor b) {
        return Arithmetic.binary(Binary.MINIMUM, this, b);
    }

    /** The smaller of {@code this} and {@code b}; ties share the gradient, with a number. */
    public Tensor minimum(double b) {
        return Arithmetic.right(Binary.MINIMUM, this, b);
    }

    /** The smaller of {@code this} and {@code b}; ties share the gradient, with a whole number: integers stay integers. */
    public Tensor minimum(long b) {
        return Arithmetic.right(Binary.MINIMUM, this, b);
    }

    /** The angle in radians between −π and π of the points whose ordinates this has and whose abscissas {@code b} has. Elementwise with broadcasting. */
    public Tensor atan2(Tensor b) {
        return Arithmetic.binary(Binary.ATAN2, this, b);
    }

    /** {@code √(this² + b²)} without overflow. Elementwise with broadcasting. */
    public Tensor hypot(Tensor b) {
        return Arithmetic.binary(Binary.HYPOT, this, b);
    }

    /** {@code log(exp(this) + exp(b))} without overflow. Elementwise with broadcasting. */
    public Tensor logaddexp(Tensor b) {
        return Arithmetic.binary(Binary.LOGADDEXP, this, b);
    }

    /** {@code log2(2^this + 2^b)} without overflow. Elementwise with broadcasting. */
    public Tensor logaddexp2(Tensor b) {
        double ln2 = Math.log(2);
        return mul(ln2).logaddexp(b.mul(ln2)).div(ln2);
    }

    /** The largest common divisors of integers, not negative. Elementwise with broadcasting. */
    public Tensor gcd(Tensor b) {
        return Arithmetic.bits(Integers.Function.GCD, this, b);
    }

    /** The smallest common multiples of integers, not negative. Elementwise with broadcasting. */
    public Tensor lcm(Tensor b) {
        return Arithmetic.bits(Integers.Function.LCM, this, b);
    }

    /** {@code this · log(b)}; 0 where this is 0 and {@code b} is a number. Elementwise with broadcasting. */
    public Tensor xlogy(Tensor b) {
        return Arithmetic.binary(Binary.XLOGY, this, b);
    }

    /** The absolute value of this with the sign of {@code b}. Elementwise with broadcasting. */
    public Tensor copysign(Tensor b) {
        return Arithmetic.binary(Binary.COPYSIGN, this, b);
    }

    /** The larger of the two, or the one that is a number; a tie is this one's, with its gradient. Elementwise with broadcasting. */
    public Tensor fmax(Tensor b) {
        return Arithmetic.binary(Binary.FMAX, this, b);
    }

    /** The smaller of the two, or the one that is a number; a tie is this one's, with its gradient. Elementwise with broadcasting. */
    public Tensor fmin(Tensor b) {
        return Arithmetic.binary(Binary.FMIN, this, b);
    }

    /** {@code this · log(b)}; 0 where this is 0 and {@code b} is a number. With a number. */
    public Tensor xlogy(double b) {
        return Arithmetic.right(Binary.XLOGY, this, b);
    }

    /** The absolute value of this with the sign of {@code b}. With a number. */
    public Tensor copysign(double b) {
        return Arithmetic.right(Binary.COPYSIGN, this, b);
    }

    /** {@code this + weight · (end − this)}, elementwise with broadcasting. */
    public Tensor lerp(Tensor end, Tensor weight) {
        return Arithmetic.lerp(this, end, weight);
    }

    /** {@code this + weight · (end − this)}, with a number. */
    public Tensor lerp(Tensor end, double weight) {
        return Arithmetic.lerp(this, end, scalar(weight, end.dtype()));
    }

    /** {@code this + value · a · b}, elementwise with broadcasting. */
    public Tensor addcmul(Tensor a, Tensor b, double value) {
        return add(a.mul(b).mul(value));
    }

    /** {@code this + value · a / b}, elementwise with broadcasting. */
    public Tensor addcdiv(Tensor a, Tensor b, double value) {
        return add(a.div(b).mul(value));
    }

    /** This with other numbers for NaN, infinity and its negative. PyTorch: {@code nan_to_num}. */
    public Tensor nanToNum(double nan, double positiveInfinity, double negativeInfinity) {
        return Arithmetic.nanToNum(this, nan, positiveInfinity, negativeInfinity);
    }

    /** This with 0 for NaN and the type's largest and least numbers for the infinities. PyTorch: {@code nan_to_num}. */
    public Tensor nanToNum() {
        double max = dtype() == DType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        return nanToNum(0, max, -max);
    }

    /** Where {@code |this − other| <= absolute + relative · |other|}, or the two are equal: a BOOL tensor. */
    public Tensor isClose(Tensor other, double relative, double absolute, NaNs nans) {
        return Arithmetic.isClose(this, other, relative, absolute, nans);
    }

    /** {@code b − this}, with the number on the left. */
    public Tensor rsub(double b) {
        return Arithmetic.left(Binary.SUB, b, this);
    }

    /** {@code b − this}, with the whole number on the left: integers stay integers where they can. */
    public Tensor rsub(long b) {
        return Arithmetic.left(Binary.SUB, b, this);
    }

    /** {@code b / this}, with the number on the left. */
    public Tensor rdiv(double b) {
        return Arithmetic.left(Binary.DIV, b, this);
    }

    /** {@code b / this}, with the whole number on the left: integers stay integers where they can. */
    public Tensor rdiv(long b) {
        return Arithmetic.left(Binary.DIV, b, this);
    }

    /** {@code b} to the power {@code this}, with the number on the left. */
    public Tensor rpow(double b) {
        return Arithmetic.left(Binary.POW, b, this);
    }

    /** {@code b} to the power {@code this}, with the whole number on the left: integers stay integers where they can. */
    public Tensor rpow(long b) {
        return Arithmetic.left(Binary.POW, b, this);
    }

    // ---------------------------------------------------------------- comparisons

    /** Where this equals {@code b}: a BOOL tensor. */
    public Tensor eq(Tensor b) {
        return Arithmetic.binary(Binary.EQ, this, b);
    }

    /** Where this equals the number. */
    public Tensor eq(double b) {
        return Arithmetic.right(Binary.EQ, this, b);
    }

    /** Where this equals the whole number. */
    public Tensor eq(long b) {
        return Arithmetic.right(Binary.EQ, this, b);
    }

    /** Where this differs from {@code b}: a BOOL tensor. */
    public Tensor ne(Tensor b) {
        return Arithmetic.binary(Binary.NE, this, b);
    }

    /** Where this differs from the number. */
    public Tensor ne(double b) {
        return Arithmetic.right(Binary.NE, this, b);
    }

    /** Where this differs from the whole number. */
    public Tensor ne(long b) {
        return Arithmetic.right(Binary.NE, this, b);
    }

    /** Where this is less than {@code b}: a BOOL tensor. */
    public Tensor lt(Tensor b) {
        return Arithmetic.binary(Binary.LT, this, b);
    }

    /** Where this is less than the number. */
    public Tensor lt(double b) {
        return Arithmetic.right(Binary.LT, this, b);
    }

    /** Where this is less than the whole number. */
    public Tensor lt(long b) {
        return Arithmetic.right(Binary.LT, this, b);
    }

    /** Where this is at most {@code b}: a BOOL tensor. */
    public Tensor le(Tensor b) {
        return Arithmetic.binary(Binary.LE, this, b);
    }

    /** Where this is at most the number. */
    public Tensor le(double b) {
        return Arithmetic.right(Binary.LE, this, b);
    }

    /** Where this is at most the whole number. */
    public Tensor le(long b) {
        return Arithmetic.right(Binary.LE, this, b);
    }

    /** Where this is greater than {@code b}: a BOOL tensor. */
    public Tensor gt(Tensor b) {
        return Arithmetic.binary(Binary.GT, this, b);
    }

    /** Where this is greater than the number. */
    public Tensor gt(double b) {
        return Arithmetic.right(Binary.GT, this, b);
    }

    /** Where this is greater than the whole number. */
    public Tensor gt(long b) {
        return Arithmetic.right(Binary.GT, this, b);
    }

    /** Where this is at least {@code b}: a BOOL tensor. */
    public Tensor ge(Tensor b) {
        return Arithmetic.binary(Binary.GE, this, b);
    }

    /** Where this is at least the number. */
    public Tensor ge(double b) {
        return Arithmetic.right(Binary.GE, this, b);
    }

    /** Where this is at least the whole number. */
    public Tensor ge(long b) {
        return Arithmetic.right(Binary.GE, this, b);
    }

    /** {@code this / b} rounded down; it has no derivative. PyTorch: {@code //}, elementwise with broadcasting. */
    public Tensor floorDivide(Tensor b) {
        return Arithmetic.divMod(DivMod.Function.FLOOR_DIVIDE, detach(), b.detach());
    }

    /** {@code this / b} rounded down; it has no derivative. PyTorch: {@code //}, with a number. */
    public Tensor floorDivide(double b) {
        return Arithmetic.divMod(DivMod.Function.FLOOR_DIVIDE, detach(), Arithmetic.beside(this, b));
    }

    /** {@code this / b} rounded down; it has no derivative. PyTorch: {@code //}, with a whole number. */
    public Tensor floorDivide(long b) {
        return Arithmetic.divMod(DivMod.Function.FLOOR_DIVIDE, detach(), Arithmetic.beside(this, b));
    }

    /** What is left of this by {@code b}, with the sign of {@code b}. PyTorch: {@code %}, elementwise with broadcasting. */
    public Tensor remainder(Tensor b) {
        return Arithmetic.divMod(DivMod.Function.REMAINDER, this, b);
    }

    /** What is left of this by {@code b}, with the sign of {@code b}. PyTorch: {@code %}, with a number. */
    public Tensor remainder(double b) {
        return Arithmetic.divMod(DivMod.Function.REMAINDER, this, Arithmetic.beside(this, b));
    }

    /** What is left of this by {@code b}, with the sign of {@code b}. PyTorch: {@code %}, with a whole number. */
    public Tensor remainder(long b) {
        return Arithmetic.divMod(DivMod.Function.REMAINDER, this, Arithmetic.beside(this, b));
    }

    /** What is left of this by {@code b}, with this one's sign, elementwise with broadcasting. */
    public Tensor fmod(Tensor b) {
        return Arithmetic.divMod(DivMod.Function.FMOD, this, b);
    }

    /** What is left of this by {@code b}, with this one's sign, with a number. */
    public Tensor fmod(double b) {
        return Arithmetic.divMod(DivMod.Function.FMOD, this, Arithmetic.beside(this, b));
    }

    /** What is left of this by {@code b}, with this one's sign, with a whole number. */
    public Tensor fmod(long b) {
        return Arithmetic.divMod(DivMod.Function.FMOD, this, Arithmetic.beside(this, b));
    }

    /** {@code b / this} rounded down, with the number on the left. */
    public Tensor rfloorDivide(double b) {
        return Arithmetic.beside(this, b).floorDivide(this);
    }

    /** {@code b / this} rounded down, with the whole number on the left. */
    public Tensor rfloorDivide(long b) {
        return Arithmetic.beside(this, b).floorDivide(this);
    }

    /** What is left of {@code b} by this, with this one's sign. */
    public Tensor rremainder(double b) {
        return Arithmetic.beside(this, b).remainder(this);
    }

    /** What is left of the whole number {@code b} by this, with this one's sign. */
    public Tensor rremainder(long b) {
        return Arithmetic.beside(this, b).remainder(this);
    }

    /** {@code this / b} without its fraction; integers stay integers. Its derivative is 0. */
    public Tensor div(Tensor b, DivRounding mode) {
        return Arithmetic.div(this, b, mode);
    }

    /** {@code this / b} without its fraction, by a number. */
    public Tensor div(double b, DivRounding mode) {
        return Arithmetic.div(this, Arithmetic.beside(this, b), mode);
    }

    /** {@code this / b} without its fraction, by a whole number; integers stay integers. */
    public Tensor div(long b, DivRounding mode) {
        return Arithmetic.div(this, Arithmetic.beside(this, b), mode);
    }

    /** The bits that both have; of truth values: both, elementwise with broadcasting. */
    public Tensor bitwiseAnd(Tensor b) {
        return Arithmetic.bits(Integers.Function.BITWISE_AND, this, b);
    }

    /** The bits that both have; of truth values: both, with a whole number. */
    public Tensor bitwiseAnd(long b) {
        return Arithmetic.bits(Integers.Function.BITWISE_AND, this, Arithmetic.beside(this, b));
    }

    /** The bits that either has; of truth values: one or both, elementwise with broadcasting. */
    public Tensor bitwiseOr(Tensor b) {
        return Arithmetic.bits(Integers.Function.BITWISE_OR, this, b);
    }

    /** The bits that either has; of truth values: one or both, with a whole number. */
    public Tensor bitwiseOr(long b) {
        return Arithmetic.bits(Integers.Function.BITWISE_OR, this, Arithmetic.beside(this, b));
    }

    /** The bits that exactly one has; of truth values: they differ, elementwise with broadcasting. */
    public Tensor bitwiseXor(Tensor b) {
        return Arithmetic.bits(Integers.Function.BITWISE_XOR, this, b);
    }

    /** The bits that exactly one has; of truth values: they differ, with a whole number. */
    public Tensor bitwiseXor(long b) {
        return Arithmetic.bits(Integers.Function.BITWISE_XOR, this, Arithmetic.beside(this, b));
    }

    /** The bits moved up {@code b} places; nothing is left beyond the width, elementwise with broadcasting. */
    public Tensor shiftLeft(Tensor b) {
        return Arithmetic.bits(Integers.Function.LEFT_SHIFT, this, b);
    }

    /** The bits moved up {@code b} places; nothing is left beyond the width, with a whole number. */
    public Tensor shiftLeft(long b) {
        return Arithmetic.bits(Integers.Function.LEFT_SHIFT, this, Arithmetic.beside(this, b));
    }

    /** The bits moved down {@code b} places, keeping the sign, elementwise with broadcasting. */
    public Tensor shiftRight(Tensor b) {
        return Arithmetic.bits(Integers.Function.RIGHT_SHIFT, this, b);
    }

    /** The bits moved down {@code b} places, keeping the sign, with a whole number. */
    public Tensor shiftRight(long b) {
        return Arithmetic.bits(Integers.Function.RIGHT_SHIFT, this, Arithmetic.beside(this, b));
    }

    /** All bits turned; of truth values: the other one. PyTorch: {@code ~}. */
    public Tensor bitwiseNot() {
        return Arithmetic.bitwiseNot(this);
    }

    /** The nearest whole numbers, of two the even one; their derivative is 0. */
    public Tensor round() {
        return Arithmetic.whole(Unary.ROUND, this);
    }

    /** Rounded to that many decimals; if negative, to tens, hundreds and so on. */
    public Tensor round(int decimals) {
        return Arithmetic.round(this, decimals);
    }

    /** The whole numbers that are not larger. */
    public Tensor floor() {
        return Arithmetic.whole(Unary.FLOOR, this);
    }

    /** The whole numbers that are not smaller. */
    public Tensor ceil() {
        return Arithmetic.whole(Unary.CEIL, this);
    }

    /** Without the fractions. */
    public Tensor trunc() {
        return Arithmetic.whole(Unary.TRUNC, this);
    }

    /** The fractions alone, with the sign. */
    public Tensor frac() {
        return Arithmetic.frac(this);
    }

    /** Where both are not zero: a BOOL tensor. */
    public Tensor logicalAnd(Tensor b) {
        return Arithmetic.logical(Binary.LOGICAL_AND, this, b);
    }

    /** Where one is not zero, or both: a BOOL tensor. */
    public Tensor logicalOr(Tensor b) {
        return Arithmetic.logical(Binary.LOGICAL_OR, this, b);
    }

    /** Where exactly one is not zero: a BOOL tensor. */
    public Tensor logicalXor(Tensor b) {
        return Arithmetic.logical(Binary.LOGICAL_XOR, this, b);
    }

    /** Where this is zero: a BOOL tensor. */
    public Tensor logicalNot() {
        return Engine.run(Unary.LOGICAL_NOT, to(DType.BOOL));
    }

    /** Where this is NaN: a BOOL tensor. */
    public Tensor isNaN() {
        return Engine.run(Unary.ISNAN, dtype() == DType.BOOL ? to(DType.I64) : this);
    }

    /** {@code a} where the condition holds, else {@code b}, elementwise with broadcasting. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        if (condition.dtype() != DType.BOOL) {
            throw new DTypeException("where: a " + condition.dtype()
                    + " condition: it must hold truth values. Compare, or convert with to(DType.BOOL).");
        }
        DType type = Arithmetic.common(a, b);
        return Engine.run(type == DType.BOOL ? Ternary.WHERE_TRUTH : Ternary.WHERE, condition, a.to(type), b.to(type));
    }

    /** {@code a} where the condition holds, else a number. */
    public static Tensor where(Tensor condition, Tensor a, double b) {
        return where(condition, a, Arithmetic.beside(a, b));
    }

    /** {@code a} where the condition holds, else a whole number. */
    public static Tensor where(Tensor condition, Tensor a, long b) {
        return where(condition, a, Arithmetic.beside(a, b));
    }

    /** A number where the condition holds, else {@code b}. */
    public static Tensor where(Tensor condition, double a, Tensor b) {
        return where(condition, Arithmetic.beside(b, a), b);
    }

    /** A whole number where the condition holds, else {@code b}. */
    public static Tensor where(Tensor condition, long a, Tensor b) {
        return where(condition, Arithmetic.beside(b, a), b);
    }

    /** {@code (this − b)²}, elementwise with broadcasting, in one pass. */
    public Tensor squaredDifference(Tensor b) {
        return Arithmetic.binary(Binary.SQUARED_DIFFERENCE, this, b);
    }

    /** Whether shape and all elements are equal. PyTorch: {@code torch.equal}. */
    public boolean equal(Tensor other) {
        return shape().equals(other.shape()) && eq(other).all().itemBoolean();
    }

    /** Whether every element satisfies {@code |this − other| <= absolute + relative · |other|}. */
    public boolean allClose(Tensor other, double relative, double absolute) {
        boolean before = Engine.record(false);
        try {
            Tensor b = other.to(DType.F64);
            Tensor a = to(DType.F64);
            Tensor near = a.sub(b).abs().le(b.abs().mul(relative).add(absolute));
            return near.logicalOr(a.eq(b)).all().itemBoolean();
        } finally {
            Engine.record(before);
        }
    }

    /** {@link #allClose(Tensor, double, double)} with PyTorch's tolerances, 1e-5 and 1e-8. */
    public boolean allClose(Tensor other) {
        return allClose(other, 1e-5, 1e-8);
    }

    // ---------------------------------------------------------------- functions

    /** {@code −this}. */
    public Tensor neg() {
        return Engine.run(Unary.NEG, numeric("neg"));
    }

    /** e to the power of each element. */
    public Tensor exp() {
        return Arithmetic.real(Unary.EXP, this);
    }

    /** {@code exp(x) − 1}, accurate near 0. */
    public Tensor expm1() {
        return Arithmetic.real(Unary.EXPM1, this);
    }

    /** The natural logarithm. */
    public Tensor log() {
        return Arithmetic.real(Unary.LOG, this);
    }

    /** {@code log(1 + x)}, accurate near 0. */
    public Tensor log1p() {
        return Arithmetic.real(Unary.LOG1P, this);
    }

    /** The square root. */
    public Tensor sqrt() {
        return Arithmetic.real(Unary.SQRT, this);
    }

    /** The sine of angles in radians. */
    public Tensor sin() {
        return Arithmetic.real(Unary.SIN, this);
    }

    /** The cosine of angles in radians. */
    public Tensor cos() {
        return Arithmetic.real(Unary.COS, this);
    }

    /** The hyperbolic tangent. */
    public Tensor tanh() {
        return Arithmetic.real(Unary.TANH, this);
    }

    /** The logistic function {@code 1 / (1 + exp(−x))}. */
    public Tensor sigmoid() {
        return Arithmetic.real(Unary.SIGMOID, this);
    }

    /** The tangent of angles in radians. */
    public Tensor tan() {
        return Arithmetic.real(Unary.TAN, this);
    }

    /** The angle in radians between −π/2 and π/2 whose sine this is; NaN outside −1 to 1. */
    public Tensor asin() {
        return Arithmetic.real(Unary.ASIN, this);
    }

    /** The angle in radians between 0 and π whose cosine this is; NaN outside −1 to 1. */
    public Tensor acos() {
        return Arithmetic.real(Unary.ACOS, this);
    }

    /** The angle in radians between −π/2 and π/2 whose tangent this is. */
    public Tensor atan() {
        return Arithmetic.real(Unary.ATAN, this);
    }

    /** The hyperbolic sine. */
    public Tensor sinh() {
        return Arithmetic.real(Unary.SINH, this);
    }

    /** The hyperbolic cosine. */
    public Tensor cosh() {
        return Arithmetic.real(Unary.COSH, this);
    }

    /** The inverse of the hyperbolic sine. */
    public Tensor asinh() {
        return Arithmetic.real(Unary.ASINH, this);
    }

    /** The inverse of the hyperbolic cosine; NaN below 1. */
    public Tensor acosh() {
        return Arithmetic.real(Unary.ACOSH, this);
    }

    /** The inverse of the hyperbolic tangent; NaN outside −1 to 1. */
    public Tensor atanh() {
        return Arithmetic.real(Unary.ATANH, this);
    }

    /** 2 to the power of each element. */
    public Tensor exp2() {
        return Arithmetic.real(Unary.EXP2, this);
    }

    /** The logarithm to base 2; exact for powers of 2. */
    public Tensor log2() {
        return Arithmetic.real(Unary.LOG2, this);
    }

    /** The logarithm to base 10; exact for powers of 10. */
    public Tensor log10() {
        return Arithmetic.real(Unary.LOG10, this);
    }

    /** {@code 1 / √x}. */
    public Tensor rsqrt() {
        return Arithmetic.real(Unary.RSQRT, this);
    }

    /** The cube root, of negative numbers too. */
    public Tensor cbrt() {
        return Arithmetic.real(Unary.CBRT, this);
    }

    /** {@code log(x / (1 − x))}, the inverse of {@link #sigmoid()}; NaN outside 0 to 1. */
    public Tensor logit() {
        return Arithmetic.real(Unary.LOGIT, this);
    }

    /** The error function {@code 2/√π ∫₀ˣ exp(−t²) dt}. */
    public Tensor erf() {
        return Arithmetic.real(Unary.ERF, this);
    }

    /** {@code 1 − erf(x)}, accurate where erf is near 1. */
    public Tensor erfc() {
        return Arithmetic.real(Unary.ERFC, this);
    }

    /** The inverse of {@link #erf()}; NaN outside −1 to 1. */
    public Tensor erfinv() {
        return Arithmetic.real(Unary.ERFINV, this);
    }

    /** The logarithm of the absolute value of the gamma function. */
    public Tensor lgamma() {
        return Arithmetic.real(Unary.LGAMMA, this);
    }

    /** The derivative of {@link #lgamma()}. */
    public Tensor digamma() {
        return Arithmetic.real(Unary.DIGAMMA, this);
    }

    /** The modified Bessel function of the first kind of order 0. */
    public Tensor i0() {
        return Arithmetic.real(Unary.I0, this);
    }

    /** The modified Bessel function of the first kind of order 1. PyTorch: {@code torch.special.i1}. */
    public Tensor i1() {
        return Arithmetic.real(Unary.I1, this);
    }

    /** {@code sin(πx) / (πx)}, 1 at 0. */
    public Tensor sinc() {
        return Arithmetic.real(Unary.SINC, this);
    }

    /** Degrees as radians. */
    public Tensor deg2rad() {
        return Arithmetic.real(Unary.DEG2RAD, this);
    }

    /** Radians as degrees. */
    public Tensor rad2deg() {
        return Arithmetic.real(Unary.RAD2DEG, this);
    }

    /** Where this is infinite, of either sign: a BOOL tensor. */
    public Tensor isInf() {
        return Arithmetic.real(Unary.ISINF, this);
    }

    /** Where this is neither infinite nor NaN: a BOOL tensor. */
    public Tensor isFinite() {
        return Arithmetic.real(Unary.ISFINITE, this);
    }

    /** Where the sign is negative, −0 included: a BOOL tensor. */
    public Tensor signBit() {
        return Arithmetic.real(Unary.SIGNBIT, this);
    }

    /**
     * {@link #logit()} of this kept between {@code eps} and {@code 1 − eps}, outside of which it is flat.
     *
     * @param eps from 0 to ½
     */
    public Tensor logit(double eps) {
        return Arithmetic.logit(this, eps);
    }

    /** {@code 1 / x}. */
    public Tensor reciprocal() {
        return Arithmetic.real(Unary.RECIPROCAL, this);
    }

    /** The absolute value; its derivative at 0 is 0. */
    public Tensor abs() {
        return Engine.run(Unary.ABS, numeric("abs"));
    }

    /** −1, 0 or 1. */
    public Tensor sign() {
        return dtype() == DType.BOOL ? clone() : Engine.run(Unary.SIGN, this);
    }

    /** {@code x · x}. */
    public Tensor square() {
        return Engine.run(Unary.POW_2, dtype() == DType.BOOL ? to(DType.I64) : this);
    }

    /** {@code max(x, 0)}; its derivative at 0 is 0. */
    public Tensor relu() {
        return Engine.run(Unary.RELU, numeric("relu"));
    }

    private Tensor numeric(String name) {
        if (dtype() == DType.BOOL) {
            throw new DTypeException(name + ": of a bool tensor: it has no meaning for truth values. Convert it with"
                    + " to(DType.I64) or to(DType.F32).");
        }
        return this;
    }

    /**
     * A formula of your own, elementwise, as one fused loop with its gradient derived:
     *
     * <pre>{@code
     * Tensor.map(a -> a.mul(a).add(1).log(), x)
     * }</pre>
     */
    public static Tensor map(UnaryOperator<Expr> formula, Tensor x) {
        Formula.Lifted f = Formula.lift("map", "MapBackward0", 1, v -> formula.apply(v.get(0)));
        return Engine.run(f.formula(), f.params(), x.to(DType.promote(x.dtype(), DType.F32)));
    }

    /** A formula of your own of two operands that broadcast, as one fused loop with its gradients derived. */
    public static Tensor map(BinaryOperator<Expr> formula, Tensor x, Tensor y) {
        Formula.Lifted f = Formula.lift("map", "MapBackward0", 2, v -> formula.apply(v.get(0), v.get(1)));
        DType type = DType.promote(Arithmetic.common(x, y), DType.F32);
        return Engine.run(f.formula(), f.params(), x.to(type), y.to(type));
    }

    /** Within [{@code min}, {@code max}]: what lies outside becomes the bound, and has no gradient. */
    public Tensor clamp(double min, double max) {
        return clampMin(min).clampMax(max).named("ClampBackward1");
    }

    /** Within [{@code min}, {@code max}], whole numbers. */
    public Tensor clamp(long min, long max) {
        return clampMin(min).clampMax(max).named("ClampBackward1");
    }

    /** Within bounds of one's own for each element, broadcast; what lies outside passes its gradient to the bound. */
    public Tensor clamp(Tensor min, Tensor max) {
        return clampMin(min).clampMax(max).named("ClampBackward0");
    }

    /** No less than {@code min}. PyTorch: {@code clamp_min}. */
    public Tensor clampMin(double min) {
        return Arithmetic.right(Binary.CLAMP_MIN, this, min);
    }

    /** No less than {@code min}, a whole number. PyTorch: {@code clamp_min}. */
    public Tensor clampMin(long min) {
        return Arithmetic.right(Binary.CLAMP_MIN, this, min);
    }

    /** No less than {@code min}, broadcast. PyTorch: {@code clamp_min}. */
    public Tensor clampMin(Tensor min) {
        return Arithmetic.binary(Binary.CLAMP_MIN, this, min);
    }

    /** No more than {@code max}. PyTorch: {@code clamp_max}. */
    public Tensor clampMax(double max) {
        return Arithmetic.right(Binary.CLAMP_MAX, this, max);
    }

    /** No more than {@code max}, a whole number. PyTorch: {@code clamp_max}. */
    public Tensor clampMax(long max) {
        return Arithmetic.right(Binary.CLAMP_MAX, this, max);
    }

    /** No more than {@code max}, broadcast. PyTorch: {@code clamp_max}. */
    public Tensor clampMax(Tensor max) {
        return Arithmetic.binary(Binary.CLAMP_MAX, this, max);
    }

    /** {@link #clamp(double, double)} in place. PyTorch: {@code clamp_}. */
    public Tensor clampInPlace(double min, double max) {
        Arithmetic.inPlace(Binary.CLAMP_MIN, this, min);
        return Arithmetic.inPlace(Binary.CLAMP_MAX, this, max);
    }

    // ---------------------------------------------------------------- reductions

    /** The sum over these dimensions, all if none is named. Integers and truth values sum to I64. */
    public Tensor sum(int... dims) {
        return Reductions.sum(this, dims, Dim.DROP);
    }

    /** The sum over one dimension. */
    public Tensor sum(int dim, Dim keep) {
        return Reductions.sum(this, new int[] {dim}, keep);
    }

    /** The sum over some dimensions. */
    public Tensor sum(int[] dims, Dim keep) {
        return Reductions.sum(this, dims, keep);
    }

    /** The mean over these dimensions, all if none is named; of floating-point tensors. */
    public Tensor mean(int... dims) {
        return Reductions.mean(this, dims, Dim.DROP);
    }

    /** The mean over one dimension. */
    public Tensor mean(int dim, Dim keep) {
        return Reductions.mean(this, new int[] {dim}, keep);
    }

    /** The mean over some dimensions. */
    public Tensor mean(int[] dims, Dim keep) {
        return Reductions.mean(this, dims, keep);
    }

    /** The sum over what was repeated when {@code shape} was broadcast to this shape. */
    public Tensor sumTo(Shape shape) {
        return Reductions.sumTo(this, shape);
    }

    /** The largest element; its gradient is shared among ties. */
    public Tensor max() {
        return Reductions.extreme(this, Extreme.Which.MAX, Extreme.Nans.SHARE, new int[0], Dim.DROP);
    }

    /** The smallest element; its gradient is shared among ties. */
    public Tensor min() {
        return Reductions.extreme(this, Extreme.Which.MIN, Extreme.Nans.SHARE, new int[0], Dim.DROP);
    }

    /** The largest along a dimension and where it lies; of equals the first. */
    public ValuesAndIndices max(int dim) {
        return Reductions.along(this, Extreme.Which.MAX, dim, Dim.DROP);
    }

    /** The largest along a dimension and where it lies. */
    public ValuesAndIndices max(int dim, Dim keep) {
        return Reductions.along(this, Extreme.Which.MAX, dim, keep);
    }

    /** The smallest along a dimension and where it lies; of equals the first. */
    public ValuesAndIndices min(int dim) {
        return Reductions.along(this, Extreme.Which.MIN, dim, Dim.DROP);
    }

    /** The smallest along a dimension and where it lies. */
    public ValuesAndIndices min(int dim, Dim keep) {
        return Reductions.along(this, Extreme.Which.MIN, dim, keep);
    }

    /** The largest over these dimensions, all if none is named; its gradient is shared among ties. */
    public Tensor amax(int... dims) {
        return Reductions.extreme(this, Extreme.Which.MAX, Extreme.Nans.SPREAD, dims, Dim.DROP);
    }

    /** The largest over some dimensions; its gradient is shared among ties. */
    public Tensor amax(int[] dims, Dim keep) {
        return Reductions.extreme(this, Extreme.Which.MAX, Extreme.Nans.SPREAD, dims, keep);
    }

    /** The smallest over some dimensions; its gradient is shared among ties. */
    public Tensor amin(int[] dims, Dim keep) {
        return Reductions.extreme(this, Extreme.Which.MIN, Extreme.Nans.SPREAD, dims, keep);
    }

    /** The smallest over these dimensions, all if none is named; its gradient is shared among ties. */
    public Tensor amin(int... dims) {
        return Reductions.extreme(this, Extreme.Which.MIN, Extreme.Nans.SPREAD, dims, Dim.DROP);
    }

    /** Where the largest element lies, counted in row-major order: I64. */
    public Tensor argmax() {
        return Reductions.argExtreme(this, Extreme.Which.MAX, new int[0], Dim.DROP);
    }

    /** Where the largest along a dimension lies: I64. */
    public Tensor argmax(int dim) {
        return Reductions.argExtreme(this, Extreme.Which.MAX, new int[] {dim}, Dim.DROP);
    }

    /** Where the largest along a dimension lies: I64. */
    public Tensor argmax(int dim, Dim keep) {
        return Reductions.argExtreme(this, Extreme.Which.MAX, new int[] {dim}, keep);
    }

    /** Where the smallest element lies, counted in row-major order: I64. */
    public Tensor argmin() {
        return Reductions.argExtreme(this, Extreme.Which.MIN, new int[0], Dim.DROP);
    }

    /** Where the smallest along a dimension lies: I64. */
    public Tensor argmin(int dim) {
        return Reductions.argExtreme(this, Extreme.Which.MIN, new int[] {dim}, Dim.DROP);
    }

    /** Where the smallest along a dimension lies: I64. */
    public Tensor argmin(int dim, Dim keep) {
        return Reductions.argExtreme(this, Extreme.Which.MIN, new int[] {dim}, keep);
    }

    /** The Euclidean norm of all elements: the root of the sum of their squares. */
    public Tensor norm() {
        return Reductions.norm(this, 2, new int[0], Dim.DROP);
    }

    /** The {@code p}-norm over these dimensions, all if none is named; {@code p} may be infinite. */
    public Tensor norm(double p, int... dims) {
        return Reductions.norm(this, p, dims, Dim.DROP);
    }

    /** The {@code p}-norm over some dimensions. */
    public Tensor norm(double p, int[] dims, Dim keep) {
        return Reductions.norm(this, p, dims, keep);
    }

    /** Whether no element along these dimensions is zero, of all if none is named: BOOL. */
    public Tensor all(int... dims) {
        return Reductions.all(this, dims, Dim.DROP);
    }

    /** Whether no element along some dimensions is zero: BOOL. */
    public Tensor all(int[] dims, Dim keep) {
        return Reductions.all(this, dims, keep);
    }

    /** Whether an element along these dimensions is not zero, of all if none is named: BOOL. */
    public Tensor any(int... dims) {
        return Reductions.any(this, dims, Dim.DROP);
    }

    /** Whether an element along some dimensions is not zero: BOOL. */
    public Tensor any(int[] dims, Dim keep) {
        return Reductions.any(this, dims, keep);
    }

    /** How many elements along these dimensions are not zero, of all if none is named: I64. PyTorch: {@code count_nonzero}. */
    public Tensor countNonzero(int... dims) {
        return Reductions.countNonzero(this, dims);
    }

    /** The product of all elements; also where some are zero its derivatives are right. */
    public Tensor prod() {
        return Reductions.prod(this);
    }

    /** The product along a dimension. */
    public Tensor prod(int dim) {
        return Reductions.prod(this, dim, Dim.DROP);
    }

    /** The product along a dimension. */
    public Tensor prod(int dim, Dim keep) {
        return Reductions.prod(this, dim, keep);
    }

    /** The sum of what is not NaN over these dimensions, all if none is named. */
    public Tensor nansum(int... dims) {
        return Reductions.nansum(this, dims, Dim.DROP);
    }

    /** The sum of what is not NaN over some dimensions. */
    public Tensor nansum(int[] dims, Dim keep) {
        return Reductions.nansum(this, dims, keep);
    }

    /** The mean of what is not NaN over these dimensions, all if none is named. */
    public Tensor nanmean(int... dims) {
        return Reductions.nanmean(this, dims, Dim.DROP);
    }

    /** The mean of what is not NaN over some dimensions. */
    public Tensor nanmean(int[] dims, Dim keep) {
        return Reductions.nanmean(this, dims, keep);
    }

    /** The variance over these dimensions, all if none is named: the sum of squared deviations by n − 1. */
    public Tensor var(int... dims) {
        return Reductions.var(this, 1, dims, Dim.DROP);
    }

    /** The variance over some dimensions: the sum of squared deviations by n − {@code correction}. */
    public Tensor var(double correction, int[] dims, Dim keep) {
        return Reductions.var(this, correction, dims, keep);
    }

    /** The standard deviation over these dimensions, all if none is named: the root of {@link #var}. */
    public Tensor std(int... dims) {
        return Reductions.std(this, 1, dims, Dim.DROP);
    }

    /** The standard deviation over some dimensions, with n − {@code correction}; where it is 0 so is its gradient. */
    public Tensor std(double correction, int[] dims, Dim keep) {
        return Reductions.std(this, correction, dims, keep);
    }

    /** {@code log Σ exp(x)} over these dimensions, all if none is named, without overflow. */
    public Tensor logsumexp(int... dims) {
        return Reductions.logsumexp(this, dims, Dim.DROP);
    }

    /** {@code log Σ exp(x)} over some dimensions, without overflow. */
    public Tensor logsumexp(int[] dims, Dim keep) {
        return Reductions.logsumexp(this, dims, keep);
    }

    /** {@code exp(x) / Σ exp(x)} along a dimension, without overflow. */
    public Tensor softmax(int dim) {
        return Reductions.scan(Reductions.real("softmax", this), dim, SoftmaxOp::new);
    }

    /** The logarithm of {@link #softmax}, without overflow. PyTorch: {@code log_softmax}. */
    public Tensor logSoftmax(int dim) {
        return Reductions.scan(Reductions.real("log_softmax", this), dim, LogSoftmaxOp::new);
    }

    /** Running sums along a dimension. */
    public Tensor cumsum(int dim) {
        return Reductions.scan(this, dim, d -> new CumSum(d, Direction.FORWARD));
    }

    /** Running products along a dimension; also where some are zero its derivatives are right. */
    public Tensor cumprod(int dim) {
        return Reductions.scan(this, dim, d -> new CumProd(d, Direction.FORWARD));
    }

    /** Running {@code log Σ exp(x)} along a dimension, without overflow. */
    public Tensor logcumsumexp(int dim) {
        return Reductions.scan(Reductions.real("logcumsumexp", this), dim, LogCumSumExp::new);
    }

    /** The largest so far along a dimension and where it lies; of equals the last. */
    public ValuesAndIndices cummax(int dim) {
        return Ordering.cumulative(this, dim, Extreme.Which.MAX);
    }

    /** The smallest so far along a dimension and where it lies; of equals the last. */
    public ValuesAndIndices cummin(int dim) {
        return Ordering.cumulative(this, dim, Extreme.Which.MIN);
    }

    /** The differences of neighbours along a dimension, {@code n} times over. */
    public Tensor diff(int n, int dim) {
        return Reductions.diff(this, n, dim);
    }

    /**
     * As {@link #diff(int, int)}, of this tensor between two others.
     *
     * @param prepend what comes before it along the dimension, or null
     * @param append what comes after it, or null
     */
    public Tensor diff(int n, int dim, Tensor prepend, Tensor append) {
        List<Tensor> parts =
                Stream.of(prepend, this, append).filter(Objects::nonNull).toList();
        return cat(dim, parts).diff(n, dim);
    }

    /** The covariances of the variables whose observations are the rows {@code [variables, n]}, by n − {@code correction}. */
    public Tensor cov(double correction) {
        return Reductions.cov(this, correction);
    }

    /** The correlations of the variables whose observations are the rows {@code [variables, n]}. */
    public Tensor corrcoef() {
        return Reductions.corrcoef(this);
    }

    /** How many elements lie in each of {@code bins} equal parts of [min, max]. */
    public Tensor histc(int bins, double min, double max) {
        return Reductions.histc(this, bins, min, max);
    }

    // ---------------------------------------------------------------- order

    /** Sorted along a dimension, ascending, and where each lay; equals keep their order, NaN is last. */
    public ValuesAndIndices sort(int dim) {
        return Ordering.sort(this, dim, Sort.ASCENDING);
    }

    /** Sorted along a dimension, and where each lay; equals keep their order, NaN is the largest. */
    public ValuesAndIndices sort(int dim, Sort sort) {
        return Ordering.sort(this, dim, sort);
    }

    /** Where the elements along a dimension lie in ascending order. */
    public Tensor argsort(int dim) {
        return Ordering.argsort(this, dim, Sort.ASCENDING);
    }

    /** Where the elements along a dimension lie in that order. */
    public Tensor argsort(int dim, Sort sort) {
        return Ordering.argsort(this, dim, sort);
    }

    /** The {@code k} largest along the last dimension, the largest first, and where they lie. */
    public ValuesAndIndices topk(long k) {
        return Ordering.topk(this, k, -1, Sort.DESCENDING);
    }

    /**
     * The first {@code k} along a dimension in that order, and where they lie.
     *
     * @throws ValueException if there are fewer
     */
    public ValuesAndIndices topk(long k, int dim, Sort sort) {
        return Ordering.topk(this, k, dim, sort);
    }

    /** The median, the lower of two middle ones; its gradient is shared among ties. */
    public Tensor median() {
        return Ordering.median(this, Statistic.MEDIAN);
    }

    /** The median along a dimension and where it lies. */
    public ValuesAndIndices median(int dim) {
        return Ordering.statistic(this, Statistic.MEDIAN, 0, dim, Dim.DROP);
    }

    /** The median along a dimension and where it lies. */
    public ValuesAndIndices median(int dim, Dim keep) {
        return Ordering.statistic(this, Statistic.MEDIAN, 0, dim, keep);
    }

    /** The median of what is not NaN. */
    public Tensor nanmedian() {
        return Ordering.median(this, Statistic.NANMEDIAN);
    }

    /** The median of what is not NaN along a dimension and where it lies. */
    public ValuesAndIndices nanmedian(int dim) {
        return Ordering.statistic(this, Statistic.NANMEDIAN, 0, dim, Dim.DROP);
    }

    /** The median of what is not NaN along a dimension and where it lies. */
    public ValuesAndIndices nanmedian(int dim, Dim keep) {
        return Ordering.statistic(this, Statistic.NANMEDIAN, 0, dim, keep);
    }

    /** The most frequent along a dimension, of those the smallest, and where it lies last. */
    public ValuesAndIndices mode(int dim) {
        return Ordering.statistic(this, Statistic.MODE, 0, dim, Dim.DROP);
    }

    /** The most frequent along a dimension, of those the smallest, and where it lies last. */
    public ValuesAndIndices mode(int dim, Dim keep) {
        return Ordering.statistic(this, Statistic.MODE, 0, dim, keep);
    }

    /** The {@code k}-th smallest along a dimension, counted from 1, and where it lies. */
    public ValuesAndIndices kthvalue(long k, int dim) {
        return Ordering.statistic(this, Statistic.KTHVALUE, k, dim, Dim.DROP);
    }

    /** The {@code k}-th smallest along a dimension, counted from 1, and where it lies. */
    public ValuesAndIndices kthvalue(long k, int dim, Dim keep) {
        return Ordering.statistic(this, Statistic.KTHVALUE, k, dim, keep);
    }

    /** The value below which a share {@code q} of all elements lies, between neighbours linearly. */
    public Tensor quantile(double q) {
        return Ordering.quantile(flatten(), Ordering.checkedQ(q, this), 0, Dim.DROP, Ordering.Ranked.ALL);
    }

    /** Quantiles of all elements: a number, or one for each of a vector {@code q}. */
    public Tensor quantile(Tensor q) {
        return Ordering.quantile(flatten(), q, 0, Dim.DROP, Ordering.Ranked.ALL);
    }

    /** A quantile along a dimension. */
    public Tensor quantile(double q, int dim, Dim keep) {
        return Ordering.quantile(this, Ordering.checkedQ(q, this), dim, keep, Ordering.Ranked.ALL);
    }

    /** Quantiles along a dimension; those of a vector {@code q} lie along a new first dimension. */
    public Tensor quantile(Tensor q, int dim, Dim keep) {
        return Ordering.quantile(this, q, dim, keep, Ordering.Ranked.ALL);
    }

    /** The quantile of the elements that are no NaN. */
    public Tensor nanquantile(Tensor q) {
        return Ordering.quantile(flatten(), q, 0, Dim.DROP, Ordering.Ranked.NUMBERS);
    }

    /** The quantile of the elements that are no NaN, along a dimension. */
    public Tensor nanquantile(double q, int dim, Dim keep) {
        return Ordering.quantile(this, Ordering.checkedQ(q, this), dim, keep, Ordering.Ranked.NUMBERS);
    }

    /** As {@link #quantile(Tensor, int, Dim)}, of the elements that are no NaN. */
    public Tensor nanquantile(Tensor q, int dim, Dim keep) {
        return Ordering.quantile(this, q, dim, keep, Ordering.Ranked.NUMBERS);
    }

    /** The integral of samples along a dimension that lie {@code dx} apart, by the trapezoidal rule. */
    public Tensor trapezoid(double dx, int dim) {
        return Integrals.trapezoid(this, dx, dim);
    }

    /** The integral of samples along a dimension that lie at the places {@code x}, one vector or of this shape. */
    public Tensor trapezoid(Tensor x, int dim) {
        return Integrals.trapezoid(this, x, dim);
    }

    /** The integrals up to each sample but the first; see {@link #trapezoid(double, int)}. */
    public Tensor cumulativeTrapezoid(double dx, int dim) {
        return Integrals.cumulativeTrapezoid(this, dx, dim);
    }

    /** The integrals up to each sample but the first; see {@link #trapezoid(Tensor, int)}. */
    public Tensor cumulativeTrapezoid(Tensor x, int dim) {
        return Integrals.cumulativeTrapezoid(this, x, dim);
    }

    /** How often each number from 0 to the largest occurs in a vector of integers. */
    public Tensor bincount() {
        return Counting.bincount(this, null, 0);
    }

    /**
     * How often each number occurs in a vector of integers, or the sum of its weights.
     *
     * @param weights one for each element, or null
     * @param least how many bins there are at least
     */
    public Tensor bincount(Tensor weights, long least) {
        return Counting.bincount(this, weights, least);
    }

    /** Which elements are among those of another tensor: BOOL, of this shape. PyTorch: {@code isin}. */
    public Tensor isIn(Tensor elements) {
        return Counting.isIn(this, elements);
    }

    /** The elements, in order, without those that equal the one before. */
    public Unique uniqueConsecutive() {
        return Counting.uniqueConsecutive(this);
    }

    /** Positions in a flattened tensor as positions in each dimension of its shape. */
    public List<Tensor> unravelIndex(long... shape) {
        return Counting.unravelIndex(this, shape);
    }

    /** The area below the points along the last dimension, which lie 1 apart. */
    public Tensor trapezoid() {
        return trapezoid(1.0, -1);
    }

    /** The areas up to each point but the first, along the last dimension; points lie 1 apart. */
    public Tensor cumulativeTrapezoid() {
        return cumulativeTrapezoid(1.0, -1);
    }

    /** The different elements, ascending. */
    public Unique unique() {
        return Ordering.unique(this);
    }

    // ---------------------------------------------------------------- products

    /**
     * The sum of the products of two vectors.
     *
     * @throws ShapeException if they are not vectors of one length
     */
    public Tensor dot(Tensor b) {
        return Products.dot(this, b);
    }

    /**
     * The matrix product: {@code [..., m, k] × [..., k, n] → [..., m, n]}, leading dimensions broadcast; a vector counts as
     * a row on the left and as a column on the right. PyTorch also: {@code mm}, {@code mv}, {@code bmm}, {@code @}.
     *
     * @throws ShapeException if the inner sizes differ or the leading ones do not broadcast
     */
    public Tensor matmul(Tensor b) {
        return Products.matmul(this, b);
    }

    /** The product of two matrices; {@link #matmul} for those alone. */
    public Tensor mm(Tensor b) {
        return Products.ranked("mm", this, 2, b, 2);
    }

    /** The product of a matrix and a vector; {@link #matmul} for those alone. */
    public Tensor mv(Tensor b) {
        return Products.ranked("mv", this, 2, b, 1);
    }

    /** The products of two batches of matrices: {@code [n, i, k] × [n, k, j]}. */
    public Tensor bmm(Tensor b) {
        return Products.ranked("bmm", this, 3, b, 3);
    }

    /** {@code beta · this + alpha · a b} of matrices. */
    public Tensor addmm(Tensor a, Tensor b, double beta, double alpha) {
        return Products.scaled("addmm", this, a.mm(b), beta, alpha);
    }

    /** {@code beta · this + alpha · a b} of a matrix and a vector. */
    public Tensor addmv(Tensor a, Tensor b, double beta, double alpha) {
        return Products.scaled("addmv", this, a.mv(b), beta, alpha);
    }

    /** {@code beta · this + alpha · a ⊗ b} of vectors. */
    public Tensor addr(Tensor a, Tensor b, double beta, double alpha) {
        return Products.scaled("addr", this, a.outer(b), beta, alpha);
    }

    /** {@code beta · this + alpha · a b} of batches of matrices. */
    public Tensor baddbmm(Tensor a, Tensor b, double beta, double alpha) {
        return Products.scaled("baddbmm", this, a.bmm(b), beta, alpha);
    }

    /** {@code beta · this + alpha · Σ a[n] b[n]} of batches of matrices. */
    public Tensor addbmm(Tensor a, Tensor b, double beta, double alpha) {
        return Products.scaled("addbmm", this, a.bmm(b).sum(0), beta, alpha);
    }

    /** All products of two vectors: {@code [n] × [m] → [n, m]}. */
    public Tensor outer(Tensor b) {
        return Products.outer(this, b);
    }

    /** Sums of products over the last dimensions: {@code [..., k] × [..., k]}. */
    public Tensor inner(Tensor b) {
        return Products.inner(this, b);
    }

    /** Sums of products over this tensor's last {@code count} dimensions and {@code b}'s first ones. */
    public Tensor tensordot(Tensor b, int count) {
        return Products.tensordot(this, b, count);
    }

    /** Sums of products over pairs of dimensions, one of this tensor and one of {@code b} each. */
    public Tensor tensordot(Tensor b, int[] dims, int[] dimsOfB) {
        return Products.tensordot("tensordot", this, b, dims, dimsOfB);
    }

    /**
     * Sums of products by an equation with a letter for each dimension, such as {@code "bij,bjk->bik"}: letters that the
     * result lacks are summed, {@code ...} stands for any further dimensions, a letter twice in a term for the diagonal.
     *
     * @throws ShapeException if the operands do not fit the equation
     * @throws ValueException if the equation makes no sense
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        return Einsum.run(equation, operands);
    }

    /** The Kronecker product: every element of this times all of {@code b}. */
    public Tensor kron(Tensor b) {
        return Products.kron(this, b);
    }

    /** The cross products of vectors of three along a dimension. */
    public Tensor cross(Tensor b, int dim) {
        return Products.cross(this, b, dim);
    }

    /** The sum of a matrix's diagonal. */
    public Tensor trace() {
        return Products.trace(this);
    }

    /** The product of a chain of matrices in the cheapest order; the ends may be vectors. PyTorch: {@code multi_dot}. */
    public static Tensor multiDot(Tensor... chain) {
        return Products.multiDot(chain);
    }

    /** The Euclidean distances of all rows from all rows of {@code b}; see {@link #cdist(Tensor, double)}. */
    public Tensor cdist(Tensor b) {
        return cdist(b, 2);
    }

    /**
     * The p-norms of the differences between all rows and all rows of {@code b}.
     *
     * @param b {@code [..., r, m]} for this of shape {@code [..., n, m]}; the dimensions before broadcast
     * @return {@code [..., n, r]}
     * @throws ShapeException if rows differ in size
     */
    public Tensor cdist(Tensor b, double p) {
        return Distances.all(this, b, p);
    }

    /** The p-norms of the differences of each row and those after it: {@code [n (n − 1) / 2]} of {@code [n, m]}. */
    public Tensor pdist(double p) {
        return Distances.pairs(this, p);
    }

    /** Scales down the slices along {@code dim} whose p-norm is above {@code largest}. */
    public Tensor renorm(double p, int dim, double largest) {
        return Distances.renorm(this, p, dim, largest);
    }

    /** The {@code p}-norm of the difference. */
    public Tensor dist(Tensor b, double p) {
        return sub(b).norm(p);
    }

    // ---------------------------------------------------------------- in place

    /** Adds {@code b} in place. PyTorch: {@code add_}. */
    public Tensor addInPlace(Tensor b) {
        return Arithmetic.inPlace(Binary.ADD, this, b);
    }

    /** Adds a number in place. PyTorch: {@code add_}. */
    public Tensor addInPlace(double b) {
        return Arithmetic.inPlace(Binary.ADD, this, b);
    }

    /** Adds a whole number in place. PyTorch: {@code add_}. */
    public Tensor addInPlace(long b) {
        return Arithmetic.inPlace(Binary.ADD, this, b);
    }

    /** Adds {@code value · a · b} in place. PyTorch: {@code addcmul_}. */
    public Tensor addcmulInPlace(Tensor a, Tensor b, double value) {
        return addInPlace(a.mul(b).mul(value));
    }

    /** Subtracts {@code b} in place. PyTorch: {@code sub_}. */
    public Tensor subInPlace(Tensor b) {
        return Arithmetic.inPlace(Binary.SUB, this, b);
    }

    /** Subtracts a number in place. PyTorch: {@code sub_}. */
    public Tensor subInPlace(double b) {
        return Arithmetic.inPlace(Binary.SUB, this, b);
    }

    /** Subtracts a whole number in place. PyTorch: {@code sub_}. */
    public Tensor subInPlace(long b) {
        return Arithmetic.inPlace(Binary.SUB, this, b);
    }

    /** Multiplies by {@code b} in place. PyTorch: {@code mul_}. */
    public Tensor mulInPlace(Tensor b) {
        return Arithmetic.inPlace(Binary.MUL, this, b);
    }

    /** Multiplies by a number in place. PyTorch: {@code mul_}. */
    public Tensor mulInPlace(double b) {
        return Arithmetic.inPlace(Binary.MUL, this, b);
    }

    /** Multiplies by a whole number in place. PyTorch: {@code mul_}. */
    public Tensor mulInPlace(long b) {
        return Arithmetic.inPlace(Binary.MUL, this, b);
    }

    /** Divides by {@code b} in place. PyTorch: {@code div_}. */
    public Tensor divInPlace(Tensor b) {
        return Arithmetic.inPlace(Binary.DIV, this, b);
    }

    /** Divides by a number in place. PyTorch: {@code div_}. */
    public Tensor divInPlace(double b) {
        return Arithmetic.inPlace(Binary.DIV, this, b);
    }

    /** Divides by a whole number in place. PyTorch: {@code div_}. */
    public Tensor divInPlace(long b) {
        return Arithmetic.inPlace(Binary.DIV, this, b);
    }

    /** Raises to the power {@code b} in place. PyTorch: {@code pow_}. */
    public Tensor powInPlace(Tensor b) {
        return Arithmetic.inPlace(Binary.POW, this, b);
    }

    /** Raises to the power a number in place. PyTorch: {@code pow_}. */
    public Tensor powInPlace(double b) {
        return Arithmetic.inPlace(Binary.POW, this, b);
    }

    /** Raises to the power a whole number in place. PyTorch: {@code pow_}. */
    public Tensor powInPlace(long b) {
        return Arithmetic.inPlace(Binary.POW, this, b);
    }

    /** As {@link #neg()}, in place. PyTorch: {@code neg_}. */
    public Tensor negInPlace() {
        return unaryInPlace(Unary.NEG);
    }

    /** As {@link #abs()}, in place. PyTorch: {@code abs_}. */
    public Tensor absInPlace() {
        return unaryInPlace(Unary.ABS);
    }

    /** As {@link #exp()}, in place. PyTorch: {@code exp_}. */
    public Tensor expInPlace() {
        return unaryInPlace(Unary.EXP);
    }

    /** As {@link #log()}, in place. PyTorch: {@code log_}. */
    public Tensor logInPlace() {
        return unaryInPlace(Unary.LOG);
    }

    /** As {@link #sqrt()}, in place. PyTorch: {@code sqrt_}. */
    public Tensor sqrtInPlace() {
        return unaryInPlace(Unary.SQRT);
    }

    /** As {@link #tanh()}, in place. PyTorch: {@code tanh_}. */
    public Tensor tanhInPlace() {
        return unaryInPlace(Unary.TANH);
    }

    /** As {@link #sigmoid()}, in place. PyTorch: {@code sigmoid_}. */
    public Tensor sigmoidInPlace() {
        return unaryInPlace(Unary.SIGMOID);
    }

    /** As {@link #relu()}, in place. PyTorch: {@code relu_}. */
    public Tensor reluInPlace() {
        return unaryInPlace(Unary.RELU);
    }

    private Tensor unaryInPlace(Unary op) {
        boolean keeps = op == Unary.NEG || op == Unary.ABS || op == Unary.RELU;
        if (!dtype().isFloating() && !(keeps && dtype().isInteger())) {
            throw new DTypeException(op.op().opName() + " in place: on a " + dtype()
                    + " tensor: it cannot hold the result." + " Convert it with to(DType.F32) first.");
        }
        return Engine.runInPlace(op, this);
    }

    /** Fills with zeros. PyTorch: {@code zero_}. */
    public Tensor zeroInPlace() {
        return fillInPlace(0.0);
    }

    /** Fills with one number. PyTorch: {@code fill_}. */
    public Tensor fillInPlace(double number) {
        return dtype().isFloating()
                ? Engine.runInPlace(Binary.COPY.withRight(number), this)
                : Engine.assign(this, scalar(number, dtype()));
    }

    /** Fills with one whole number. PyTorch: {@code fill_}. */
    public Tensor fillInPlace(long number) {
        return dtype().isInteger() ? Engine.assign(this, scalar(number)) : fillInPlace((double) number);
    }

    /** Writes the values of {@code source}, broadcast and converted. PyTorch: {@code copy_}. */
    public Tensor copyInPlace(Tensor source) {
        return Engine.assign(this, source);
    }

    /** Fills with normal numbers of this mean and standard deviation. PyTorch: {@code normal_}. */
    public Tensor normalInPlace(double mean, double std) {
        return normalInPlace(Rng.global(), mean, std);
    }

    /** Fills with normal numbers of this mean and standard deviation. PyTorch: {@code normal_}. */
    public Tensor normalInPlace(Rng rng, double mean, double std) {
        return Sampling.normalInPlace(rng, this, mean, std);
    }

    /** Fills with uniform numbers of [low, high). PyTorch: {@code uniform_}. */
    public Tensor uniformInPlace(double low, double high) {
        return uniformInPlace(Rng.global(), low, high);
    }

    /** Fills with uniform numbers of [low, high). PyTorch: {@code uniform_}. */
    public Tensor uniformInPlace(Rng rng, double low, double high) {
        return Sampling.uniformInPlace(rng, this, low, high);
    }

    /** Fills with 1 with probability {@code p}, else 0. PyTorch: {@code bernoulli_}. */
    public Tensor bernoulliInPlace(double p) {
        return bernoulliInPlace(Rng.global(), p);
    }

    /** Fills with 1 with probability {@code p}, else 0. PyTorch: {@code bernoulli_}. */
    public Tensor bernoulliInPlace(Rng rng, double p) {
        return Sampling.bernoulliInPlace(rng, this, p);
    }

    /** Fills with 1 with the probability at the same place of {@code p}, which broadcasts, else 0. */
    public Tensor bernoulliInPlace(Tensor p) {
        return bernoulliInPlace(Rng.global(), p);
    }

    /** As {@link #bernoulliInPlace(Tensor)}, from this stream. */
    public Tensor bernoulliInPlace(Rng rng, Tensor p) {
        return Sampling.bernoulliInPlace(rng, this, p);
    }

    /** Fills with numbers of density {@code rate · exp(−rate · x)}. PyTorch: {@code exponential_}. */
    public Tensor exponentialInPlace(double rate) {
        return exponentialInPlace(Rng.global(), rate);
    }

    /** Fills with numbers of density {@code rate · exp(−rate · x)}. PyTorch: {@code exponential_}. */
    public Tensor exponentialInPlace(Rng rng, double rate) {
        return Sampling.exponentialInPlace(rng, this, rate);
    }

    /** Fills with how many trials it takes to a success of probability {@code p}. PyTorch: {@code geometric_}. */
    public Tensor geometricInPlace(double p) {
        return geometricInPlace(Rng.global(), p);
    }

    /** Fills with how many trials it takes to a success of probability {@code p}. PyTorch: {@code geometric_}. */
    public Tensor geometricInPlace(Rng rng, double p) {
        return Sampling.geometricInPlace(rng, this, p);
    }

    /** Fills with numbers of Cauchy's distribution. PyTorch: {@code cauchy_}. */
    public Tensor cauchyInPlace(double median, double sigma) {
        return cauchyInPlace(Rng.global(), median, sigma);
    }

    /** Fills with numbers of Cauchy's distribution. PyTorch: {@code cauchy_}. */
    public Tensor cauchyInPlace(Rng rng, double median, double sigma) {
        return Sampling.cauchyInPlace(rng, this, median, sigma);
    }

    /** Fills with numbers whose logarithms are normal, of this mean and deviation. PyTorch: {@code log_normal_}. */
    public Tensor logNormalInPlace(double mean, double std) {
        return logNormalInPlace(Rng.global(), mean, std);
    }

    /** Fills with numbers whose logarithms are normal, of this mean and deviation. PyTorch: {@code log_normal_}. */
    public Tensor logNormalInPlace(Rng rng, double mean, double std) {
        return Sampling.logNormalInPlace(rng, this, mean, std);
    }

    /**
     * Fills with any whole numbers that are not negative: as large as the type holds, of real numbers those up to 2²⁴ (F32)
     * or 2⁵³ (F64). PyTorch: {@code random_}.
     */
    public Tensor randomInPlace() {
        return randomInPlace(Rng.global());
    }

    /** As {@link #randomInPlace()}, from this stream. */
    public Tensor randomInPlace(Rng rng) {
        return Sampling.randomInPlace(rng, this);
    }

    /** Fills with whole numbers from {@code from} to before {@code to}. PyTorch: {@code random_}. */
    public Tensor randomInPlace(long from, long to) {
        return randomInPlace(Rng.global(), from, to);
    }

    /** Fills with whole numbers from {@code from} to before {@code to}. PyTorch: {@code random_}. */
    public Tensor randomInPlace(Rng rng, long from, long to) {
        return Sampling.randomInPlace(rng, this, from, to);
    }

    // ---------------------------------------------------------------- chance

    /**
     * 1 with probability {@code p}, else 0, of this tensor's shape and type, from {@link Rng#global()}. Its own values
     * are not looked at. PyTorch: {@code torch.empty_like(x).bernoulli_(p)}.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public Tensor bernoulli(double p) {
        return bernoulli(Rng.global(), p);
    }

    /** As {@link #bernoulli(double)}, from this stream. */
    public Tensor bernoulli(Rng rng, double p) {
        return Sampling.bernoulli(rng, this, p);
    }

    /**
     * 1 with the probability that this tensor holds at the place, else 0; from {@link Rng#global()}. Its gradient is 0.
     *
     * @throws ValueException if a probability is not from 0 to 1
     */
    public Tensor bernoulli() {
        return bernoulli(Rng.global());
    }

    /** As {@link #bernoulli()}, from this stream. */
    public Tensor bernoulli(Rng rng) {
        return Sampling.bernoulli(rng, this);
    }

    /** Different indices into these weights, drawn by them; see {@link #multinomial(long, Replacement)}. */
    public Tensor multinomial(long count) {
        return multinomial(count, Replacement.WITHOUT);
    }

    /**
     * Indices into these weights ({@code [n]}, or the rows of {@code [m, n]}), drawn with probabilities in proportion to
     * them; from {@link Rng#global()}.
     *
     * @return {@code [count]} or {@code [m, count]}, I64
     * @throws ShapeException if they have neither one nor two dimensions
     * @throws ValueException if a weight is negative or not finite, all of a row are 0, or there are fewer than {@code
     *     count} and none is put back
     */
    public Tensor multinomial(long count, Replacement replacement) {
        return multinomial(Rng.global(), count, replacement);
    }

    /** As {@link #multinomial(long, Replacement)}, from this stream. */
    public Tensor multinomial(Rng rng, long count, Replacement replacement) {
        return Multinomial.draw(rng, this, count, replacement);
    }

    /**
     * Counts of Poisson's distribution, each of the mean that this tensor holds at the place; from {@link Rng#global()}. Its
     * gradient is 0.
     *
     * @throws ValueException if a mean is negative
     */
    public Tensor poisson() {
        return poisson(Rng.global());
    }

    /** As {@link #poisson()}, from this stream. */
    public Tensor poisson(Rng rng) {
        return Sampling.poisson(rng, this);
    }

    // ---------------------------------------------------------------- text

    /** The text that PyTorch prints. */
    @Override
    public String toString() {
        Node now = node();
        String suffix = now == null ? null : now.isLeaf() ? "requires_grad=True" : "grad_fn=<" + now.name() + ">";
        DType shown = dtype().isNarrow() ? DType.I64 : dtype();
        return TensorText.of(shape(), dtype(), Copy.of(read("toString"), shown).array(), suffix);
    }

    /**
     * What this tensor is, in words: shape, type, layout, what made it from what, whether gradients flow through it and
     * where they stop. The answer to "why is my gradient null?"
     */
    public String explain() {
        return Explanation.of(this);
    }

    // ---------------------------------------------------------------- for the engine

    /** The user asked for its gradient. */
    private static final byte PARAMETER = 1;

    /** Something it was made of was detached from a tensor that requires grad. */
    static final byte DETACHED = 2;

    /** Something it was made of was computed, unrecorded, from a tensor that requires grad. */
    static final byte UNRECORDED = 4;

    /** Something it was made of is an integer or a truth value computed from a tensor that requires grad. */
    static final byte DISCRETE = 8;

    /** Takes over why gradients do not reach some of what this was made of. */
    final void inherit(Tensor... in) {
        int inherited = 0;
        for (Tensor t : in) {
            inherited |= t.marks;
        }
        marks |= (byte) (inherited & ~PARAMETER);
    }

    /** Notes that gradients stop between {@code source} and this. */
    final Tensor cutFrom(Tensor source, byte why) {
        marks |= (byte) (source.marks & ~PARAMETER);
        if (source.requiresGrad()) {
            marks |= why;
        }
        return this;
    }

    final boolean isCut(byte why) {
        return (marks & why) != 0;
    }

    final void cut(byte why) {
        marks |= why;
    }

    /** The raw numbers. */
    Strided value() {
        return value;
    }

    /** The numbers, for an operation that hands them out. */
    Strided read(String what) {
        return value;
    }

    /** How it was made if it is a view, else null. */
    View view() {
        return view;
    }

    /** What recorded it: null where no gradient is wanted. A view's is renewed after its memory was written to. */
    Node node() {
        if (view != null && isStale()) {
            Engine.renew(this);
        }
        return node;
    }

    /** Whether this is a view whose memory was written to since its node was made. */
    boolean isStale() {
        return view != null && view.recorded && view.version != value.version();
    }

    void renewed(Node made) {
        node(made);
        view.version = value.version();
    }

    void node(Node made) {
        if (node != null && made != null && node.retained() == this) {
            node.retain(null); // the gradient that was asked for is that of the tensor, not of an old value
            made.retain(this);
        }
        node = made;
    }

    /** Whether both lie in the same memory, be it in different parts of it. */
    public boolean sharesMemory(Tensor other) {
        return value.array() == other.value.array();
    }

    String lastChange() {
        return value.changedBy();
    }

    Tensor reshapeView(Shape to) {
        return Shaping.reshapeView(this, to);
    }

    /** Gives the operation that made this tensor the name PyTorch prints for the composite it ends. */
    Tensor named(String gradName) {
        if (node != null && !node.isLeaf()) {
            node.label(gradName);
        }
        return this;
    }
}
