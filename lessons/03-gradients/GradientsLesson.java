import module adjoint;

// Gradients: from the difference quotient to derivatives by many variables, and the chain rule.
String out;

void main(String[] args) {
    long seed = Long.parseLong(option(args, "--seed", "0"));
    out = option(args, "--out", null);

    differenceQuotient();
    rules();
    partialDerivatives();
    steepest();
    matrices(seed);
    chainRule();
    stepSize();
}

double f(double x) {
    return 3 * x * x - 4 * x;
}

void differenceQuotient() {
    heading("The difference quotient of f(x) = 3x² − 4x at x = 1");
    double h = 0.1;
    for (int i = 0; i < 5; i++) {
        IO.println("h=%.5f, numerical limit=%.5f".formatted(h, (f(1 + h) - f(1)) / h));
        h *= 0.1;
    }

    var figure = Figure.grid(1, 2).size(1000, 420);
    var axes = figure.at(0, 0).title("f and its tangent line at x = 1").xLabel("x").yLabel("f(x)");
    axes.function(this::f, 0, 3).label("f(x)").width(2);
    axes.function(x -> 2 * x - 3, 0, 3).dashed().label("Tangent line (x=1)");
    axes.scatter(List.of(1), List.of(f(1))).color("black");
    var secants = figure.at(0, 1).title("Lines through x = 1 and x = 1 + h").xLabel("x");
    secants.function(this::f, 0, 3).width(2).color("C0");
    String[] colors = {"C4", "C3", "C2"};
    double[] steps = {1.5, 1, 0.5};
    for (int i = 0; i < 3; i++) {
        double step = steps[i];
        double slope = (f(1 + step) - f(1)) / step;
        secants.function(x -> f(1) + slope * (x - 1), 0, 3).width(1).color(colors[i]);
        secants.label("h = %s, slope %s".formatted(step, slope));
        secants.scatter(List.of(1 + step), List.of(f(1 + step))).color("gray");
    }
    secants.function(x -> 2 * x - 3, 0, 3).dashed().color("C1").label("h → 0, slope 2.0");
    secants.scatter(List.of(1), List.of(f(1))).color("black").yLimits(-6, 16);
    axes.yLimits(-6, 16);
    picture("tangent.png", figure);
}

/** A function of one number, what the rules of differentiation make of it, and how both are written. */
record Rule(String function, UnaryOperator<Tensor> f, String derivative, UnaryOperator<Tensor> expected) {}

void rules() {
    heading("The rules, at x = 2: what they say, the program's derivative, and the difference quotient");
    var rules = List.of(
            new Rule("7", x -> x.mul(0).add(7), "0", x -> x.mul(0)),
            new Rule("x³", x -> x.pow(3), "3x²", x -> x.square().mul(3)),
            new Rule("eˣ", x -> x.exp(), "eˣ", x -> x.exp()),
            new Rule("ln x", x -> x.log(), "1/x", x -> x.reciprocal()),
            new Rule("5 sin x", x -> x.sin().mul(5), "5 cos x", x -> x.cos().mul(5)),
            new Rule("x³ + eˣ", x -> x.pow(3).add(x.exp()), "3x² + eˣ", x -> x.square().mul(3).add(x.exp())),
            new Rule("x³ eˣ", x -> x.pow(3).mul(x.exp()), "3x² eˣ + x³ eˣ",
                    x -> x.square().mul(3).mul(x.exp()).add(x.pow(3).mul(x.exp()))),
            new Rule("eˣ / x", x -> x.exp().div(x), "(eˣ x − eˣ) / x²",
                    x -> x.exp().mul(x).sub(x.exp()).div(x.square())),
            new Rule("x³ − 1/x", x -> x.pow(3).sub(x.reciprocal()), "3x² + 1/x²",
                    x -> x.square().mul(3).add(x.square().reciprocal())));
    IO.println("f(x)        f'(x)                  rule      autograd    quotient");
    var x = Tensor.scalar(2, DType.F64);
    double h = 1e-5;
    for (var rule : rules) {
        double quotient = (rule.f.apply(x.add(h)).item() - rule.f.apply(x.sub(h)).item()) / (2 * h);
        IO.println("%-11s %-17s %9.5f   %9.5f   %9.5f".formatted(rule.function, rule.derivative,
                rule.expected.apply(x).item(), Autograd.grad(rule.f, x).item(), quotient));
    }
}

void partialDerivatives() {
    heading("Partial derivatives of f(x) = 3x₁² + 5 exp(x₂)");
    UnaryOperator<Tensor> f = x -> x.at(0).square().mul(3).add(x.at(1).exp().mul(5));
    var x = Tensor.of(new double[] {1, 0}, DType.F64);
    double h = 1e-5;
    for (int i = 0; i < 2; i++) {
        var step = Tensor.zeros(DType.F64, 2);
        step.set(h, i);
        double partial = (f.apply(x.add(step)).item() - f.apply(x.sub(step)).item()) / (2 * h);
        IO.println("only x%d moves: %.5f".formatted(i + 1, partial));
    }
    show("the gradient, (6x₁, 5 exp(x₂))", Autograd.grad(f, x));
}

/** A hill on the right and a valley on the left. */
Tensor landscape(Tensor x, Tensor y) {
    return x.mul(x.square().add(y.square()).neg().exp());
}

void steepest() {
    heading("The gradient points uphill: f(x, y) = x exp(−x² − y²)");
    UnaryOperator<Tensor> f = p -> landscape(p.at(0), p.at(1));
    var place = Tensor.of(new double[] {0.3, -0.7}, DType.F64);
    var gradient = Autograd.grad(f, place);
    double norm = gradient.norm().item();
    double uphill = Math.toDegrees(Math.atan2(gradient.at(1).item(), gradient.at(0).item()));
    show("the gradient at (0.3, −0.7)", gradient);
    IO.println("its length %.4f, its direction %.1f°".formatted(norm, uphill));

    var figure = Figure.grid(1, 2).size(1000, 450);
    var map = figure.at(0, 0).title("Lines of equal height, and gradients").xLabel("x").yLabel("y").equalAxes();
    var line = Tensor.arange(-2, 2.01, 0.05);
    var grid = Tensor.meshgrid(line, line);
    double[] levels = Tensor.arange(-0.4, 0.41, 0.08).toDoubles();
    map.contour(line, line, landscape(grid.get(1), grid.get(0)), levels).opacity(0.7).noGrid();
    var coarse = Tensor.arange(-1.8, 1.9, 0.4);
    var points = Tensor.cartesianProd(coarse, coarse); // [n, 2]
    var gradients = Autograd.vmap(Autograd.grad(f)).apply(points).mul(0.45);
    map.arrows(points.at(Index.ALL, Index.at(0)), points.at(Index.ALL, Index.at(1)),
            gradients.at(Index.ALL, Index.at(0)), gradients.at(Index.ALL, Index.at(1))).color("gray").width(1);
    map.arrow(place.at(0).item(), place.at(1).item(), gradient.at(0).item(), gradient.at(1).item());
    map.color("C3").width(2).scatter(place.at(Index.range(0, 1)), place.at(Index.range(1, 2))).color("C3");
    map.xLimits(-2, 2).yLimits(-2, 2);

    var slopes = figure.at(0, 1).title("The slope at the red arrow's place, by direction");
    slopes.xLabel("direction, degrees").yLabel("slope");
    var angles = new ArrayList<Double>();
    var measured = new ArrayList<Double>();
    IO.println("direction   difference quotient   gradient · direction");
    for (int degrees = -180; degrees <= 180; degrees += 15) {
        double[] u = {Math.cos(Math.toRadians(degrees)), Math.sin(Math.toRadians(degrees))};
        var step = Tensor.of(u, DType.F64).mul(1e-5);
        double slope = (f.apply(place.add(step)).item() - f.apply(place.sub(step)).item()) / 2e-5;
        angles.add((double) degrees);
        measured.add(slope);
        if (degrees % 60 == 0 && degrees < 180) {
            IO.println("%8d°   %19.4f   %20.4f".formatted(
                    degrees, slope, gradient.dot(Tensor.of(u, DType.F64)).item()));
        }
    }
    slopes.function(a -> norm * Math.cos(Math.toRadians(a - uphill)), -180, 180).label("gradient · direction");
    slopes.scatter(angles, measured).label("difference quotient");
    slopes.vLine(uphill).text("the gradient's\ndirection", uphill, -0.45 * norm, Placement.RIGHT);
    picture("steepest.png", figure.at(0, 1).hLine(0).figure());
}

void matrices(long seed) {
    heading("Gradients of vectors and matrices");
    var rng = Rng.torch(seed);
    var A = Tensor.randn(rng, DType.F64, 3, 3);
    var B = Tensor.randn(rng, DType.F64, 2, 3);
    var x = Tensor.randn(rng, DType.F64, 3);
    show("x", x.to(DType.F32));
    show("the gradient of xᵀ A x", Autograd.grad(v -> v.dot(A.mv(v)), x).to(DType.F32));
    show("(A + Aᵀ) x", A.add(A.t()).mv(x).to(DType.F32));
    IO.println("rules, and whether they agree with what the program computes:");
    agree("of B x:      B (numerator layout)", Autograd.jacobian(v -> B.mv(v), x), B);
    agree("of xᵀ A x:   (A + Aᵀ) x", Autograd.grad(v -> v.dot(A.mv(v)), x), A.add(A.t()).mv(x));
    agree("of |x|²:     2 x", Autograd.grad(v -> v.dot(v), x), x.mul(2));
    agree("of |x|:      x / |x|", Autograd.grad(v -> v.norm(), x), x.div(x.norm()));
    agree("of |B x|²:   Bᵀ (2 B x)", Autograd.grad(v -> B.mv(v).square().sum(), x), B.t().mv(B.mv(x).mul(2)));
    agree("of |X|²:     2 X (a matrix)", Autograd.grad(X -> X.square().sum(), A), A.mul(2));

    IO.println("shapes of the derivative      numerator layout   denominator layout");
    layout("number by vector", v -> v.dot(v), x);
    layout("vector by number", v -> x.mul(v), Tensor.scalar(2, DType.F64));
    layout("vector by vector", v -> B.mv(v), x);
}

void agree(String what, Tensor computed, Tensor expected) {
    show("  " + what, computed.allClose(expected));
}

void layout(String what, UnaryOperator<Tensor> f, Tensor x) {
    var y = f.apply(x);
    var matrix = Autograd.jacobian(f, x).reshape(y.numel(), x.numel());
    IO.println("%-30s%-19s%s".formatted(what + ", " + y.shape() + " by " + x.shape(), matrix.shape(), matrix.t().shape()));
}

void chainRule() {
    heading("The chain rule: z = u v with u = x + y and v = x y, at x = 1, y = 2");
    var x = Tensor.scalar(1.0).requiresGrad(true);
    var y = Tensor.scalar(2.0).requiresGrad(true);
    var u = x.add(y);
    var v = x.mul(y);
    var z = u.mul(v);
    // The factors along the edges: each the derivative of one step.
    double zu = factor(z, u);
    double zv = factor(z, v);
    double ux = factor(u, x);
    double uy = factor(u, y);
    double vx = factor(v, x);
    double vy = factor(v, y);
    IO.println("dz/dx = %.0f·%.0f + %.0f·%.0f = %.0f".formatted(zu, ux, zv, vx, zu * ux + zv * vx));
    IO.println("dz/dy = %.0f·%.0f + %.0f·%.0f = %.0f".formatted(zu, uy, zv, vy, zu * uy + zv * vy));
    z.backward();
    show("z.backward(): x.grad(), y.grad()", x.grad() + ", " + y.grad());

    var axes = Plot.axes().noAxes().equalAxes().xLimits(-1.2, 9.2).yLimits(-3, 2.6);
    edge(axes, 0, 1.5, 4, 1.5, "∂u/∂x", ux, "C0");
    edge(axes, 0, 1.5, 4, -1.5, "∂v/∂x", vx, "C0");
    edge(axes, 0, -1.5, 4, 1.5, "∂u/∂y", uy, "C1");
    edge(axes, 0, -1.5, 4, -1.5, "∂v/∂y", vy, "C1");
    edge(axes, 4, 1.5, 8, 0, "∂z/∂u", zu, "gray");
    edge(axes, 4, -1.5, 8, 0, "∂z/∂v", zv, "gray");
    node(axes, 0, 1.5, "x", x, "C0");
    node(axes, 0, -1.5, "y", y, "C1");
    node(axes, 4, 1.5, "u = x + y", u, "C2");
    node(axes, 4, -1.5, "v = x y", v, "C2");
    node(axes, 8, 0, "z = u v", z, "C3");
    axes.text("dz/dx = %.0f·%.0f + %.0f·%.0f = %.0f".formatted(zu, ux, zv, vx, x.grad().item()), 7.9, -1.9).color("C0");
    axes.text("dz/dy = %.0f·%.0f + %.0f·%.0f = %.0f".formatted(zu, uy, zv, vy, y.grad().item()), 7.9, -2.5).color("C1");
    picture("chain.png", axes.figure().size(960, 520));
}

double factor(Tensor of, Tensor by) {
    return Autograd.grad(of, by, GraphOption.RETAIN_GRAPH).item();
}

void node(Axes axes, double x, double y, String name, Tensor value, String color) {
    var angle = Tensor.arange(0, 6.3, 0.05);
    axes.fill(angle.cos().mul(0.5).add(x), angle.sin().mul(0.5).add(y)).color("white");
    axes.fill(angle.cos().mul(0.5).add(x), angle.sin().mul(0.5).add(y)).color(color).opacity(0.3);
    axes.text("%.0f".formatted(value.item()), x, y).size(14).text(name, x, y + 0.62, Placement.ABOVE);
}

/** An arrow from node to node, with its factor a third of the way along, where no other arrow crosses. */
void edge(Axes axes, double x, double y, double toX, double toY, String name, double factor, String color) {
    double length = Math.hypot(toX - x, toY - y);
    double dx = (toX - x) / length;
    double dy = (toY - y) / length;
    axes.arrow(x + 0.5 * dx, y + 0.5 * dy, (length - 1.05) * dx, (length - 1.05) * dy).color(color);
    var side = dy == 0 ? Placement.ABOVE : dy > 0 ? Placement.LEFT : Placement.RIGHT; // above the line each time
    axes.text("%s = %.0f".formatted(name, factor), x + 0.34 * length * dx,
            y + 0.34 * length * dy + (dy == 0 ? 0.04 : 0.17), side).color(color);
}

void stepSize() {
    heading("How small should h be? Errors of difference quotients of exp at x = 1");
    var axes = Plot.axes().title("The error of a numerical derivative").xLabel("h").yLabel("error").logX().logY();
    curve(axes, DType.F32, false, "(f(x+h) − f(x)) / h, float32");
    curve(axes, DType.F64, false, "(f(x+h) − f(x)) / h, float64");
    curve(axes, DType.F64, true, "(f(x+h) − f(x−h)) / 2h, float64");
    IO.println("h          one-sided, float32   one-sided, float64   two-sided, float64");
    for (int k = 1; k <= 15; k += 2) {
        double h = Math.pow(10, -k);
        IO.println("%.0e %22s %20.1e %20.1e".formatted(h, k > 7 ? "" : "%.1e".formatted(error(DType.F32, false, h)),
                error(DType.F64, false, h), error(DType.F64, true, h)));
    }
    var x = Tensor.scalar(1, DType.F64);
    IO.println("automatic differentiation, float64: %.1e".formatted(
            Math.abs(Autograd.grad(Tensor::exp, x).item() - Math.E)));
    axes.text("rounding", 1e-12, 0.1).text("the bend of f", 3e-4, 1e-9, Placement.RIGHT);
    picture("step-size.png", axes.yLimits(1e-13, 10).figure().size(760, 480));
}

void curve(Axes axes, DType dtype, boolean twoSided, String name) {
    var steps = new ArrayList<Double>();
    var errors = new ArrayList<Double>();
    for (double exponent = -0.5; exponent > (dtype == DType.F32 ? -7 : -15); exponent -= 0.125) {
        steps.add(Math.pow(10, exponent));
        errors.add(error(dtype, twoSided, steps.getLast()));
    }
    axes.line(steps, errors).label(name);
    int best = errors.indexOf(Collections.min(errors));
    IO.println("%-34s is best at h = %.0e".formatted(name, steps.get(best)));
}

double error(DType dtype, boolean twoSided, double h) {
    var x = Tensor.scalar(1, dtype);
    var ahead = x.add(h);
    var behind = twoSided ? x.sub(h) : x;
    double slope = ahead.exp().sub(behind.exp()).div(twoSided ? 2 * h : h).item();
    return Math.abs(slope - Math.E);
}

void heading(String text) {
    IO.println("\n== " + text);
}

/** A matrix goes below its label. */
void show(String label, Object value) {
    boolean lines = String.valueOf(value).contains("\n");
    IO.println(lines ? label + "\n" + value : label + " ".repeat(Math.max(1, 40 - label.length())) + value);
}

/** Into a file where there is a folder for it (one was asked for, or there is no display); else into a window. */
void picture(String name, Figure figure) {
    if (out == null) {
        figure.show();
    } else {
        var file = Path.of(out, name);
        figure.save(file);
        IO.println("picture: " + file);
    }
}

String option(String[] args, String name, String otherwise) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? otherwise : args[at + 1];
}
