import module adjoint;

// Tensors: how numbers are held, looked at, combined and changed, and how a table becomes one.
String out;

void main(String[] args) throws IOException {
    Adjoint.seed(Long.parseLong(option(args, "--seed", "0")));
    out = option(args, "--out", null);

    creating();
    indexing();
    operations();
    broadcasting();
    memory();
    conversion();
    house("RoofType", "NA,NA,127500", "2,NA,106000", "4,Slate,178100", "NA,NA,140000");
    house("Alley", "NA,Pave,127500", "2,NA,106000", "4,NA,178100", "NA,NA,140000");
}

void creating() {
    heading("Creating tensors");
    show("Tensor.arange(12)", Tensor.arange(12));
    var x = Tensor.arange(12.0);
    show("x = Tensor.arange(12.0)", x);
    show("x.numel()", x.numel());
    show("x.shape()", x.shape());
    show("X = x.reshape(3, 4)", x.reshape(3, 4));
    show("x.reshape(-1, 4).shape()", x.reshape(-1, 4).shape());
    show("Tensor.zeros(2, 3, 4)", Tensor.zeros(2, 3, 4));
    show("Tensor.ones(2, 3, 4)", Tensor.ones(2, 3, 4));
    show("Tensor.randn(3, 4)", Tensor.randn(3, 4));
    show("Tensor.of(new int[][] {…})", Tensor.of(new int[][] {{2, 1, 4, 3}, {1, 2, 3, 4}, {4, 3, 2, 1}}));
}

void indexing() {
    heading("Indexing and slicing");
    var X = Tensor.arange(12.0).reshape(3, 4);
    show("X.at(-1)", X.at(-1));
    show("X.at(Index.range(1, 3))", X.at(Index.range(1, 3)));
    show("X.at(Index.ALL, Index.step(2))", X.at(Index.ALL, Index.step(2)));
    show("X.at(1, 2)", X.at(1, 2));
    X.set(17, 1, 2);
    show("X.set(17, 1, 2)", X);
    X.set(9, 1, 2);
    show("X.set(9, 1, 2)", X);
    X.set(12, Index.to(2), Index.ALL);
    show("X.set(12, Index.to(2), Index.ALL)", X);
    show("X.exp()", X.exp());
}

void operations() {
    heading("Operations");
    var x = Tensor.of(1.0, 2, 4, 8);
    var y = Tensor.of(2.0, 2, 2, 2);
    show("x.add(y)", x.add(y));
    show("x.sub(y)", x.sub(y));
    show("x.mul(y)", x.mul(y));
    show("x.div(y)", x.div(y));
    show("x.pow(y)", x.pow(y));
    show("x.exp()", x.exp());

    var X = Tensor.arange(12.0).reshape(3, 4);
    var Y = Tensor.of(new double[][] {{2, 1, 4, 3}, {1, 2, 3, 4}, {4, 3, 2, 1}});
    show("Tensor.cat(0, X, Y)", Tensor.cat(0, X, Y));
    show("Tensor.cat(1, X, Y)", Tensor.cat(1, X, Y));
    show("X.eq(Y)", X.eq(Y));
    show("X.gt(Y).logicalAnd(X.lt(8))", X.gt(Y).logicalAnd(X.lt(8)));
    show("X.at(Index.mask(X.gt(Y)))", X.at(Index.mask(X.gt(Y))));
    show("X.sum()", X.sum());
}

void broadcasting() {
    heading("Broadcasting");
    var a = Tensor.arange(3).reshape(3, 1);
    var b = Tensor.arange(2).reshape(1, 2);
    show("a", a);
    show("b", b);
    show("a.add(b)", a.add(b));
    show("[2, 3, 4] and [3, 1] give", Tensor.zeros(2, 3, 4).add(Tensor.zeros(3, 1)).shape());
    try {
        Tensor.arange(3).add(Tensor.arange(2));
    } catch (ShapeException e) {
        IO.println("[3] and [2] are refused: " + e.getMessage());
    }

    var axes = Plot.axes().noAxes().equalAxes();
    cells(axes, 0, 0, a.expand(3, 2), (i, j) -> j == 0 ? "C0" : null);
    cells(axes, 3.2, 0, b.expand(3, 2), (i, j) -> i == 0 ? "C1" : null);
    cells(axes, 6.4, 0, a.add(b), (i, j) -> "C2");
    axes.text("+", 2.6, -1.5).size(20).text("=", 5.8, -1.5).size(20);
    axes.text("a " + a.shape(), 1, 0.35).text("b " + b.shape(), 4.2, 0.35);
    axes.text("a + b " + a.add(b).shape(), 7.4, 0.35);
    picture("broadcasting.png", axes.yLimits(-3.1, 0.6).xLimits(-0.1, 8.5).figure().size(760, 340));
}

void memory() {
    heading("Memory: results, views, and writing in place");
    var X = Tensor.arange(12.0).reshape(3, 4);
    var Y = Tensor.of(new double[][] {{2, 1, 4, 3}, {1, 2, 3, 4}, {4, 3, 2, 1}});
    var before = Y;
    Y = Y.add(X);
    show("same memory after Y = Y.add(X)", Y.sharesMemory(before));
    var Z = Tensor.zerosLike(Y);
    before = Z.at(Index.ALL);
    Z.set(X.add(Y), Index.ALL);
    show("after Z.set(X.add(Y), Index.ALL)", Z.sharesMemory(before));
    before = X.at(Index.ALL);
    X.addInPlace(Y);
    show("after X.addInPlace(Y)", X.sharesMemory(before));

    var x = Tensor.arange(12.0);
    var matrix = x.reshape(3, 4);
    var rows = matrix.at(Index.range(1, 3));
    var transposed = matrix.t();
    IO.println("                          shape     strides   begins at   shares the memory of x");
    layout("x", x, x);
    layout("X = x.reshape(3, 4)", matrix, x);
    layout("X.at(Index.range(1, 3))", rows, x);
    layout("X.t()", transposed, x);
    layout("X.t().contiguous()", transposed.contiguous(), x);
    layout("X.clone()", matrix.clone(), x);
    rows.fillInPlace(-1);
    show("x after filling the two rows with -1", x);
    picture("memory.png", drawMemory());
}

void layout(String what, Tensor view, Tensor x) {
    IO.println("%-26s%-10s%-10s%9d   %s".formatted(
            what, view.shape(), Arrays.toString(view.strides()), view.storageOffset(), view.sharesMemory(x)));
}

/** The twelve numbers as they lie in memory, and three tensors that look at them. */
Figure drawMemory() {
    var x = Tensor.arange(12);
    var X = x.reshape(3, 4);
    var axes = Plot.axes().noAxes().equalAxes().xLimits(-0.1, 17.1).yLimits(-7.9, 0.9);
    axes.text("one array in memory", 8.5, 0.45);
    view(axes, 2.5, 0, x.reshape(1, 12), "");
    view(axes, 0.5, -2.3, X, "X = x.reshape(3, 4)");
    view(axes, 6.5, -2.3, X.at(Index.range(1, 3)), "X.at(Index.range(1, 3))");
    view(axes, 13, -2.3, X.t(), "X.t()");
    return axes.figure().size(1000, 530);
}

/** A matrix whose cells have the colour of the row of X that they are from; below it how it is read. */
void view(Axes axes, double left, double top, Tensor matrix, String name) {
    cells(axes, left, top, matrix, (i, j) -> "C" + matrix.at(i, j).itemLong() / 4);
    if (!name.isEmpty()) {
        double middle = left + matrix.size(1) / 2.0;
        double below = top - matrix.size(0);
        axes.text(name, middle, below - 0.5);
        axes.text("strides %s, from %d".formatted(Arrays.toString(matrix.strides()), matrix.storageOffset()),
                middle, below - 1.1).color("gray");
    }
}

/** Squares with the numbers of a matrix; those without a colour are copies and stay pale. */
void cells(Axes axes, double left, double top, Tensor matrix, BiFunction<Integer, Integer, String> color) {
    for (int i = 0; i < matrix.size(0); i++) {
        for (int j = 0; j < matrix.size(1); j++) {
            double x = left + j;
            double y = top - i;
            String filled = color.apply(i, j);
            double[] xs = {x, x + 1, x + 1, x, x};
            double[] ys = {y, y, y - 1, y - 1, y};
            axes.fill(xs, ys).color(filled == null ? "gray" : filled).opacity(filled == null ? 0.06 : 0.35);
            axes.line(xs, ys).color("white").width(2);
            axes.text(String.valueOf(matrix.at(i, j).itemLong()), x + 0.5, y - 0.5).size(12);
            if (filled == null) {
                axes.color("gray");
            }
        }
    }
}

void conversion() {
    heading("Conversion");
    var X = Tensor.arange(4.0).reshape(2, 2);
    var A = (float[][]) X.toArray();
    var B = Tensor.of(A);
    show("A = X.toArray()", A.getClass().getSimpleName() + " " + Arrays.deepToString(A));
    show("B = Tensor.of(A)", B.getClass().getSimpleName() + " of " + B.dtype() + " " + B.shape());
    A[0][0] = 100;
    show("X and B after A[0][0] = 100", X.at(0, 0).item() + ", " + B.at(0, 0).item());
    var a = Tensor.of(new double[] {3.5});
    show("a = Tensor.of(new double[] {3.5})", a);
    show("a.item(), (int) a.item()", a.item() + ", " + (int) a.item());
    show("a.to(DType.I64)", a.to(DType.I64));
}

/** A small table of houses, as a file, then as a table without gaps, then as tensors. */
void house(String feature, String... rows) throws IOException {
    heading("A table with gaps: NumRooms, " + feature + ", Price");
    var folder = out == null ? Files.createTempDirectory("tensors") : Path.of(out);
    var file = folder.resolve("house_tiny.csv");
    Files.writeString(file, "NumRooms," + feature + ",Price\n" + String.join("\n", rows) + "\n");

    var table = Table.read(file);
    Files.delete(file);
    if (out == null) {
        Files.delete(folder);
    }
    IO.println(table);
    IO.print(table.toCsv());
    var rooms = table.numbers("NumRooms");
    var kinds = table.categories(feature);
    show("the mean of NumRooms", rooms.mean());

    var inputs = table.without("Price").with(rooms.fillMissing(rooms.mean())).with(kinds.fillMissing("missing"));
    var features = Features.of(inputs);
    IO.println("without gaps, and in numbers: " + features.names());
    var X = features.raw(inputs, DType.F64);
    var y = table.select("Price").tensor(DType.F64).flatten();
    show("X", X);
    show("y", y);
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
