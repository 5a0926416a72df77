import module adjoint;

// Automatic differentiation: what a tensor remembers, and what backward() makes of it.
void main(String[] args) {
    int at = List.of(args).indexOf("--seed");
    long seed = at < 0 ? 0 : Long.parseLong(args[at + 1]);

    simpleFunction();
    forgottenZeroing();
    vectors();
    detaching();
    controlFlow(seed);
    layouts();
    jacobians(seed);
}

void simpleFunction() {
    heading("A simple function: y = 2 x·x has the derivative 4x");
    var x = Tensor.arange(4.0);
    show("x = arange(4.0)", x);
    x.requiresGrad(true);
    show("x.grad() before backward", x.grad());
    var y = x.dot(x).mul(2);
    show("y = 2 * x.dot(x)", y);
    y.backward();
    show("x.grad() after y.backward()", x.grad());
    show("x.grad() == 4 * x", x.grad().eq(x.mul(4)));
}

void forgottenZeroing() {
    heading("What happens when zeroing is forgotten: gradients add up");
    var x = Tensor.arange(4.0).requiresGrad(true);
    x.dot(x).mul(2).backward();
    x.sum().backward();
    show("x.sum() after 2 * x.dot(x)", x.grad());
    x.zeroGrad();
    var y = x.sum();
    show("after zeroing, y = x.sum()", y);
    y.backward();
    show("x.grad()", x.grad());

    IO.println();
    IO.println("Down the slope of (w - 3)² by a tenth of the gradient a step:");
    double[] zeroed = descend(true, 20);
    double[] forgotten = descend(false, 20);
    IO.println("  step   w, zeroed   w, forgotten");
    for (int step = 0; step < zeroed.length; step += 5) {
        IO.println("%6d %11.4f %14.4f".formatted(step, zeroed[step], forgotten[step]));
    }
}

/** Where w is after 0, 1, 2, … steps of gradient descent that starts at 0. */
double[] descend(boolean zeroing, int steps) {
    var w = Tensor.scalar(0.0).requiresGrad(true);
    var path = new double[steps + 1];
    for (int step = 1; step <= steps; step++) {
        if (zeroing) {
            w.zeroGrad();
        }
        w.sub(3).mul(w.sub(3)).backward();
        try (var _ = Autograd.noGrad()) {
            w.subInPlace(w.grad().mul(0.1));
        }
        path[step] = w.item();
    }
    return path;
}

void vectors() {
    heading("Backward from a vector: it is summed first");
    var x = Tensor.arange(4.0).requiresGrad(true);
    var y = x.mul(x);
    show("y = x * x", y);
    try {
        y.backward();
    } catch (GraphException e) {
        IO.println("y.backward() is refused: " + e.getMessage());
    }
    y.sum().backward();
    show("y.sum().backward(): x.grad()", x.grad());
    x.zeroGrad();
    x.mul(x).backward(Tensor.onesLike(x));
    show("y.backward(ones): x.grad()", x.grad());
}

void detaching() {
    heading("Detaching: u has the values of y, but not its history");
    var x = Tensor.arange(4.0).requiresGrad(true);
    var y = x.mul(x);
    var u = y.detach();
    show("u = y.detach()", u);
    var z = u.mul(x);
    z.sum().backward();
    show("z = u * x; z.sum().backward()", x.grad());
    show("x.grad() == u", x.grad().eq(u));
    x.zeroGrad();
    y.sum().backward();
    show("y.sum().backward(): == 2 * x", x.grad().eq(x.mul(2)));
}

void controlFlow(long seed) {
    heading("Control flow: what was executed is what is differentiated");
    Adjoint.seed(seed);
    var a = Tensor.randn().requiresGrad(true);
    show("a = randn()", a);
    var d = f(a);
    show("d = f(a)", d);
    d.backward();
    show("a.grad()", a.grad());
    show("a.grad() == d / a", a.grad().eq(d.div(a)));
    show("the same, up to rounding", a.grad().allClose(d.div(a)));
}

/** Doubles a number until it is large. How often depends on the number. */
Tensor f(Tensor a) {
    var b = a.mul(2);
    while (b.norm().item() < 1000) {
        b = b.mul(2);
    }
    return b.sum().item() > 0 ? b : b.mul(100);
}

void layouts() {
    heading("Two layouts of a derivative");
    var a = Tensor.arange(6.0).reshape(2, 3);
    var b = Tensor.arange(8.0).reshape(4, 2);
    var x = Tensor.ones(3).requiresGrad(true);
    var y = a.matmul(x); // [3] → [2]
    var z = b.matmul(y); // [2] → [4]
    var dydx = jacobian(y, List.of(x));
    var dzdy = jacobian(z, List.of(y));
    var dzdx = jacobian(z, List.of(x));
    var dsdx = jacobian(z.sum(), List.of(x));

    IO.println("                                numerator   denominator");
    layout("number s " + z.sum().shape() + " by x " + x.shape(), dsdx);
    layout("y " + y.shape() + " by x " + x.shape(), dydx);
    layout("z " + z.shape() + " by y " + y.shape(), dzdy);
    layout("z " + z.shape() + " by x " + x.shape(), dzdx);
    show("dy/dx by rows of y is the A of y = A x", dydx.eq(a).all());
    show("numerator: dz/dx = dz/dy dy/dx", dzdx.eq(dzdy.matmul(dydx)).all());
    show("denominator: dz/dx = dy/dx dz/dy", dzdx.t().eq(dydx.t().matmul(dzdy.t())).all());
    z.sum().backward();
    show("x.grad() has the shape of x", x.grad().shape() + "   " + x.grad());
}

void layout(String what, Tensor jacobian) {
    IO.println("%-32s%-12s%s".formatted(what, jacobian.shape(), jacobian.t().shape()));
}

/** The derivative of each number of y (a row) by each number of the xs (a column): a backward pass a row. */
Tensor jacobian(Tensor y, List<Tensor> xs) {
    var rows = new ArrayList<Tensor>();
    for (long i = 0; i < y.numel(); i++) {
        var gradients = Autograd.grad(y.flatten().at(i), xs, GraphOption.RETAIN_GRAPH);
        rows.add(Tensor.cat(0, gradients.stream().map(Tensor::flatten).toList()));
    }
    return Tensor.stack(0, rows);
}

void jacobians(long seed) {
    heading("Why a vector is summed: the Jacobian grows layer by layer");
    Adjoint.seed(seed);
    var h = Tensor.randn(4, 2);
    var weights = new ArrayList<Tensor>();
    IO.println("                       not summed                             summed");
    IO.println("layer   output    Jacobian by all weights    passes    gradient   passes   rows' sum = gradient");
    for (int layer = 1; layer <= 3; layer++) {
        weights.add(Tensor.randn(h.size(1), 2 * h.size(1)).requiresGrad(true));
        h = h.matmul(weights.getLast()).tanh();
        var full = jacobian(h, weights);
        var summed = jacobian(h.sum(), weights);
        boolean same = full.sum(0).allClose(summed.squeeze(0), 1e-4, 1e-4);
        IO.println("%5d   %-8s %10s = %6d numbers %7d %6d numbers %6d     %s".formatted(
                layer, h.shape(), full.shape(), full.numel(), full.size(0), summed.numel(), summed.size(0), same));
    }
}

void heading(String text) {
    IO.println("\n== " + text);
}

void show(String label, Object value) {
    IO.println(label + " ".repeat(Math.max(1, 40 - label.length())) + value);
}
