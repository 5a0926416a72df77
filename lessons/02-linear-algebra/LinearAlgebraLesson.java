import module adjoint;

// Linear algebra: scalars, vectors, matrices and tensors; sums along axes, products, norms.
String out;

void main(String[] args) {
    Adjoint.seed(Long.parseLong(option(args, "--seed", "0")));
    out = option(args, "--out", null);

    objects();
    transposes();
    elementwise();
    reductions(Tensor.arange(6.0).reshape(2, 3));
    reductions(Tensor.arange(20.0).reshape(5, 4));
    dotProducts();
    products(Tensor.arange(6.0).reshape(2, 3), 4);
    products(Tensor.arange(20.0).reshape(5, 4), 3);
    norms();
    identities();
}

void objects() {
    heading("Scalars, vectors, matrices, tensors");
    var x = Tensor.scalar(3.0);
    var y = Tensor.scalar(2.0);
    show("x, y", x + ", " + y);
    show("x + y, x * y, x / y, x ** y", x.add(y) + ", " + x.mul(y) + ", " + x.div(y) + ", " + x.pow(y));
    for (int n : new int[] {3, 4}) {
        var v = Tensor.arange(n);
        show("v = Tensor.arange(" + n + ")", v);
        show("v.at(-1), v.size(0), v.shape()", v.at(-1) + ", " + v.size(0) + ", " + v.shape());
    }
    show("Tensor.arange(6).reshape(3, 2)", Tensor.arange(6).reshape(3, 2));
    show("Tensor.arange(24).reshape(2, 3, 4)", Tensor.arange(24).reshape(2, 3, 4));
}

void transposes() {
    heading("Transposes and symmetry");
    show("Tensor.arange(6).reshape(3, 2).t()", Tensor.arange(6).reshape(3, 2).t());
    show("Tensor.arange(20).reshape(5, 4).t()", Tensor.arange(20).reshape(5, 4).t());
    var S = Tensor.of(new int[][] {{1, 2, 3}, {2, 0, 4}, {3, 4, 5}});
    show("S", S);
    show("S.eq(S.t())", S.eq(S.t()));
}

void elementwise() {
    heading("Elementwise arithmetic");
    var A = Tensor.arange(6.0).reshape(2, 3);
    var B = A.clone();
    show("A", A);
    show("A.add(B)", A.add(B));
    show("A.mul(B)", A.mul(B));
    var X = Tensor.arange(24).reshape(2, 3, 4);
    show("X.add(2)", X.add(2));
    show("X.mul(2).shape()", X.mul(2).shape());
}

void reductions(Tensor A) {
    heading("Sums along axes, of a matrix " + A.shape());
    show("A", A);
    show("A.sum()", A.sum());
    show("A.sum(0)", A.sum(0) + "   " + A.sum(0).shape());
    show("A.sum(1)", A.sum(1) + "   " + A.sum(1).shape());
    show("A.sum(0, 1)", A.sum(0, 1));
    show("A.mean(), A.sum() / A.numel()", A.mean() + ", " + A.sum().div(A.numel()));
    show("A.mean(0)", A.mean(0));
    show("A.sum(0) / A.size(0)", A.sum(0).div(A.size(0)));
    var rows = A.sum(1, Dim.KEEP);
    show("rows = A.sum(1, Dim.KEEP)", rows);
    show("A.div(rows)", A.div(rows));
    try {
        A.div(A.sum(1));
    } catch (ShapeException e) {
        IO.println("A.div(A.sum(1)) is refused: " + e.getMessage());
    }
    show("A.cumsum(0)", A.cumsum(0));
}

void dotProducts() {
    heading("Dot products");
    for (int n : new int[] {3, 4}) {
        var x = Tensor.arange((double) n);
        var y = Tensor.ones(n);
        show("x, y", x + ", " + y);
        show("x.dot(y), x.mul(y).sum()", x.dot(y) + ", " + x.mul(y).sum());
    }
    var a = Tensor.of(1.0, 3);
    var b = Tensor.of(4.0, 1);
    double cosine = a.dot(b).item() / (a.norm().item() * b.norm().item());
    double share = a.dot(b).item() / b.dot(b).item();
    var shadow = b.mul(share);
    show("a, b", a + ", " + b);
    show("a · b", a.dot(b));
    IO.println("cos θ = a · b / (|a| |b|) = %.4f, so θ = %.1f°".formatted(cosine, Math.toDegrees(Math.acos(cosine))));
    show("p = (a·b / b·b) b", shadow);
    show("(a − p) · b", "%.4f".formatted(a.sub(shadow).dot(b).item()));

    var figure = Figure.grid(1, 2).size(1000, 440);
    var sum = figure.at(0, 0).title("Adding: one arrow after the other").equalAxes();
    between(sum, a, a.add(b)).color("C1").dashed();
    between(sum, b, a.add(b)).color("C0").dashed();
    vector(sum, b, "b", "C1", Placement.BELOW);
    vector(sum, a, "a", "C0", Placement.LEFT);
    vector(sum, a.add(b), "a + b", "C2", Placement.LEFT);
    sum.xLimits(-0.6, 6).yLimits(-0.7, 4.8);
    var projection = figure.at(0, 1).title("a · b = %.0f: the shadow of a on b, times |b|".formatted(a.dot(b).item()));
    projection.equalAxes().xLimits(-0.6, 6).yLimits(-0.7, 4.8);
    vector(projection, b, "b", "C1", Placement.BELOW);
    vector(projection, a, "a", "C0", Placement.LEFT);
    between(projection, a, shadow).color("gray").dashed();
    vector(projection, shadow, "p", "C3", Placement.BELOW);
    projection.width(3).text("θ", 0.55, 0.55);
    picture("vectors.png", figure);
}

/** An arrow from 0, its name beside its middle. */
Axes vector(Axes axes, Tensor v, String name, String color, Placement side) {
    double x = v.at(0).item();
    double y = v.at(1).item();
    axes.text(name, 0.55 * x, 0.55 * y, side).color(color).size(13);
    return axes.arrow(0, 0, x, y).color(color).width(2);
}

Axes between(Axes axes, Tensor from, Tensor to) {
    var ends = Tensor.stack(1, from, to);
    return axes.line(ends.at(0), ends.at(1));
}

void products(Tensor A, int columns) {
    heading("Matrices times vectors and matrices, A " + A.shape());
    var x = Tensor.arange((double) A.size(1));
    show("A.shape(), x.shape()", A.shape() + ", " + x.shape());
    show("A.mv(x)", A.mv(x));
    show("A.matmul(x)", A.matmul(x));
    var B = Tensor.ones(A.size(1), columns);
    show("A.mm(B), B all ones " + B.shape(), A.mm(B));
    if (columns == 3) {
        drawMap();
    }
}

/** What a matrix does to the plane: the unit circle, the two unit vectors, and the vector (1, 1). */
void drawMap() {
    var A = Tensor.of(new double[][] {{2, -0.5}, {0.5, 1.5}});
    var angle = Tensor.arange(0, 6.3, 0.02);
    var circle = Tensor.stack(0, angle.cos(), angle.sin());
    var figure = Figure.grid(1, 2).size(1000, 480);
    String[] titles = {"Two unit vectors and x = e₁ + e₂", "After A: its columns, and their sum"};
    for (int i = 0; i < 2; i++) {
        var M = i == 0 ? Tensor.eye(2) : A;
        var axes = figure.at(0, i).title(titles[i]).equalAxes().xLimits(-2.7, 2.7).yLimits(-2.3, 2.7);
        var image = M.matmul(circle);
        axes.fill(image.at(0), image.at(1)).color("gray").opacity(0.12);
        axes.line(image.at(0), image.at(1)).color("gray").width(1);
        vector(axes, M.at(Index.ALL, Index.at(0)), i == 0 ? "e₁" : "A e₁", "C0", Placement.BELOW);
        vector(axes, M.at(Index.ALL, Index.at(1)), i == 0 ? "e₂" : "A e₂", "C1", Placement.LEFT);
        vector(axes, M.matmul(Tensor.ones(2)), i == 0 ? "x" : "A x", "C2", Placement.RIGHT);
    }
    picture("map.png", figure);
}

void norms() {
    heading("Norms");
    var u = Tensor.of(3.0, -4);
    show("u", u);
    show("u.norm()", u.norm());
    show("u.abs().sum()", u.abs().sum());
    show("u.norm(1), u.norm(2), u.norm(∞)", u.norm(1) + ", " + u.norm(2) + ", " + u.norm(Double.POSITIVE_INFINITY));
    show("Tensor.ones(4, 9).norm()", Tensor.ones(4, 9).norm());

    var x = Tensor.randn(1000);
    var y = Tensor.randn(1000);
    IO.println("two random vectors of 1000 numbers:");
    show("|x|, |y|", x.norm() + ", " + y.norm());
    show("|x + y| ≤ |x| + |y|", x.add(y).norm() + " ≤ " + x.norm().add(y.norm()));
    show("|x · y| ≤ |x| |y|", x.dot(y).abs() + " ≤ " + x.norm().mul(y.norm()));
    show("|−3 x| = 3 |x|", x.mul(-3).norm().allClose(x.norm().mul(3)));
    IO.println("cos θ = %.4f".formatted(x.dot(y).item() / x.norm().item() / y.norm().item()));

    var axes = Plot.axes().title("All vectors of norm 1").xLabel("x₁").yLabel("x₂").equalAxes();
    var angle = Tensor.arange(0, 6.29, 0.005);
    var directions = Tensor.stack(0, angle.cos(), angle.sin());
    double[] orders = {1, 1.5, 2, 4, Double.POSITIVE_INFINITY};
    String[] names = {"1", "1.5", "2", "4", "∞"};
    for (int i = 0; i < orders.length; i++) {
        var ball = directions.div(directions.norm(orders[i], 0));
        axes.line(ball.at(0), ball.at(1)).label("p = " + names[i]).width(2);
    }
    picture("norms.png", axes.xLimits(-1.2, 2.1).yLimits(-1.25, 1.25).figure().size(640, 490));
}

void identities() {
    heading("Rules for transposes, on random matrices");
    var A = Tensor.randn(3, 3);
    var B = Tensor.randn(3, 3);
    show("A", A);
    show("(Aᵀ)ᵀ = A", A.t().t().equal(A));
    show("Aᵀ + Bᵀ = (A + B)ᵀ", A.t().add(B.t()).equal(A.add(B).t()));
    show("A + Aᵀ is symmetric", A.add(A.t()).equal(A.add(A.t()).t()));
    show("(A B)ᵀ = Bᵀ Aᵀ", A.mm(B).t().equal(B.t().mm(A.t())));
    show("A B = B A", A.mm(B).allClose(B.mm(A)));
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
