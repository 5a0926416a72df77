import module adjoint;
import java.lang.management.ManagementFactory;

// Newton's method: steps from second derivatives, which are derivatives of a gradient.
String out;

void main(String[] args) {
    long seed = Long.parseLong(option(args, "--seed", "0"));
    out = option(args, "--out", null);
    Adjoint.seed(seed);

    regression(seed);
    notConvex(seed);
    cost(seed);
}

/** The gradient of a function at a place, and its derivatives: the Hessian, a backward pass a row. */
record Derivatives(Tensor gradient, Tensor hessian) {
    static Derivatives of(UnaryOperator<Tensor> f, Tensor place) {
        var x = place.detach().requiresGrad(true);
        var gradient = Autograd.grad(f.apply(x), x, GraphOption.CREATE_GRAPH);
        var rows = new ArrayList<Tensor>();
        for (long i = 0; i < x.numel(); i++) {
            rows.add(Autograd.grad(gradient.at(i), x, GraphOption.RETAIN_GRAPH));
        }
        return new Derivatives(gradient.detach(), Tensor.stack(0, rows));
    }
}

/** x − H⁻¹g: where the gradient would be zero if the function were a parabola. */
Tensor newton(UnaryOperator<Tensor> f, Tensor x) {
    var d = Derivatives.of(f, x);
    return x.sub(solve(d.hessian, d.gradient));
}

/** x − lr · g. */
Tensor descend(UnaryOperator<Tensor> f, Tensor place, double lr) {
    var x = place.detach().requiresGrad(true);
    return place.sub(Autograd.grad(f.apply(x), x).mul(lr));
}

/** The x of Ax = b, by Gaussian elimination: A {@code [n, n]}, b {@code [n]}. */
Tensor solve(Tensor matrix, Tensor right) {
    var a = (double[][]) matrix.toArray();
    double[] x = right.toDoubles();
    int n = x.length;
    for (int k = 0; k < n; k++) {
        int pivot = k; // the row with the largest number here, so that small ones are not divided by
        for (int i = k + 1; i < n; i++) {
            pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
        }
        Collections.swap(Arrays.asList(a), k, pivot);
        double swapped = x[k];
        x[k] = x[pivot];
        x[pivot] = swapped;
        for (int i = k + 1; i < n; i++) {
            double factor = a[i][k] / a[k][k];
            for (int j = k; j < n; j++) {
                a[i][j] -= factor * a[k][j];
            }
            x[i] -= factor * x[k];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int j = k + 1; j < n; j++) {
            x[k] -= a[k][j] * x[j];
        }
        x[k] /= a[k][k];
    }
    return Tensor.of(x, DType.F64);
}

void regression(long seed) {
    IO.println("== Linear regression: one step suffices");
    var ofW = Tensor.of(2, -3.4);
    var features = Tensor.normal(0, 1, 1000, 2);
    var labels = features.matmul(ofW).add(4.2).add(Tensor.normal(0, 0.01, 1000)).to(DType.F64);
    var inputs = Tensor.cat(1, features, Tensor.ones(1000, 1)).to(DType.F64); // the ones are for the bias
    UnaryOperator<Tensor> loss = p -> inputs.matmul(p).sub(labels).square().mean().div(2);

    var start = Tensor.zeros(DType.F64, 3);
    IO.println("the Hessian\n" + Derivatives.of(loss, start).hessian);
    IO.println("                         loss      |gradient|   parameters");
    report("start", loss, start);
    var p = start;
    for (int step = 1; step <= 2; step++) {
        p = newton(loss, p);
        report("Newton, step " + step, loss, p);
    }
    var q = start;
    var rng = Rng.torch(seed);
    for (int epoch = 1; epoch <= 3; epoch++) {
        for (var batch : new DataLoader(new TensorDataset(inputs, labels), 10).shuffle(rng)) {
            q = descend(r -> batch.x().matmul(r).sub(batch.y()).square().mean().div(2), q, 0.03);
        }
        report("SGD, step " + 100 * epoch, loss, q);
    }
}

void report(String what, UnaryOperator<Tensor> loss, Tensor p) {
    IO.println("%-16s %15.10f %15.1e   %s".formatted(
            what, loss.apply(p).item(), Derivatives.of(loss, p).gradient.norm().item(), p.to(DType.F32)));
}

/** Along each coordinate a hilltop at 0 between two valleys, at -1 and 1. */
Tensor hills(Tensor p) {
    return p.pow(4).div(4).sub(p.pow(2).div(2)).sum();
}

void notConvex(long seed) {
    IO.println("\n== A function that is not convex: Newton's method may climb");
    double start = 0.3;
    UnaryOperator<Tensor> f = this::hills;
    var figure = Figure.grid(1, 2).size(1000, 440);
    var slope = figure.at(0, 0).title("x⁴/4 - x²/2, from x = " + start).xLabel("x").yLabel("f(x)");
    slope.function(x -> f.apply(Tensor.of(x)).item(), -1.8, 1.8).color("gray");
    IO.println("                        x, step by step                                               f(x)");
    walk("Newton", start, x -> newton(f, x), slope);
    walk("Newton with |f''|", start, x -> bold(f, x), slope);
    walk("gradient, lr 0.3", start, x -> descend(f, x, 0.3), slope);

    var ends = new TreeMap<String, List<Tensor>>();
    int starts = 400;
    var rng = Rng.torch(seed);
    for (int i = 0; i < starts; i++) {
        var place = Tensor.rand(rng, DType.F64, 2).mul(3).sub(1.5);
        var p = place;
        var d = Derivatives.of(f, p);
        for (int step = 0; step < 50 && d.gradient.norm().item() > 1e-9; step++) {
            p = p.sub(solve(d.hessian, d.gradient));
            d = Derivatives.of(f, p);
        }
        ends.computeIfAbsent(kind(d), _ -> new ArrayList<>()).add(place);
    }
    IO.println("where Newton's method ends, from " + starts + " random places in the plane:");
    var map = figure.at(0, 1).title("Where Newton's method ends").xLabel("x of the start").yLabel("y of the start");
    map.yLimits(-1.6, 2.4);
    ends.forEach((kind, places) -> {
        IO.println("  %-10s%5d".formatted(kind, places.size()));
        var all = Tensor.stack(1, places);
        map.scatter(all.at(0), all.at(1)).label(kind);
    });
    picture("not-convex.png", figure);
}

/** Newton's step of one variable, but always downhill: x - f'/|f''|. */
Tensor bold(UnaryOperator<Tensor> f, Tensor x) {
    var d = Derivatives.of(f, x);
    return x.sub(d.gradient.div(d.hessian.reshape(1).abs()));
}

void walk(String name, double start, UnaryOperator<Tensor> step, Axes slope) {
    var x = Tensor.of(new double[] {start}, DType.F64);
    var xs = new ArrayList<>(List.of(start));
    for (int i = 0; i < 8; i++) {
        x = step.apply(x);
        xs.add(x.item());
    }
    var path = Tensor.of(xs.stream().mapToDouble(v -> v).toArray());
    var heights = xs.stream().map(v -> hills(Tensor.of(v)).item()).toList();
    slope.line(path, heights).markers().label(name);
    IO.println("%-18s".formatted(name) + xs.stream().map("%7.3f"::formatted).collect(Collectors.joining())
            + "%10.4f".formatted(heights.getLast()));
}

/** What kind of place it is where the gradient is zero: by the signs of the eigenvalues, 2 × 2. */
String kind(Derivatives d) {
    if (d.gradient.norm().item() > 1e-6) {
        return "nowhere";
    }
    double determinant = d.hessian.at(0, 0).item() * d.hessian.at(1, 1).item()
            - d.hessian.at(0, 1).item() * d.hessian.at(1, 0).item();
    return determinant < 0 ? "saddle" : d.hessian.at(0, 0).item() > 0 ? "minimum" : "maximum";
}

void cost(long seed) {
    IO.println("\n== The cost of a step, in processor time");
    var sizes = List.of(2, 4, 8, 16, 32, 64, 128, 256);
    sizes.forEach(n -> stepTimes(n, seed)); // to warm up: Java compiles what runs often
    IO.println("parameters   gradient step   Newton step     ratio   numbers in the Hessian");
    var gradient = new ArrayList<Double>();
    var newton = new ArrayList<Double>();
    for (int n : sizes) {
        double[] times = stepTimes(n, seed);
        gradient.add(times[0]);
        newton.add(times[1]);
        IO.println("%10d %12.1f µs %10.1f µs %8.0fx %12d".formatted(n, times[0], times[1], times[1] / times[0], n * n));
    }
    var axes = Plot.axes().title("The cost of a step").xLabel("parameters").yLabel("processor time, microseconds");
    axes.logX().logY();
    axes.line(sizes, gradient).markers().label("gradient step");
    axes.line(sizes, newton).markers().label("Newton step");
    picture("cost.png", axes.figure());
    double million = 1e6;
    IO.println("The Hessian of %.0f parameters would take %.0f TB, their gradient %.0f MB (in float32)."
            .formatted(million, million * million * 4 / 1e12, million * 4 / 1e6));
}

/** What a gradient step and a Newton step of a regression with n weights take, in microseconds. */
double[] stepTimes(int n, long seed) {
    var rng = Rng.torch(seed);
    var inputs = Tensor.randn(rng, DType.F64, 32, n);
    var labels = Tensor.randn(rng, DType.F64, 32);
    // With weight decay: more weights than samples would leave many solutions.
    UnaryOperator<Tensor> loss = p -> inputs.matmul(p).sub(labels).square().mean().add(p.dot(p).mul(0.01));
    var p = Tensor.zeros(DType.F64, n);
    return new double[] {microseconds(() -> descend(loss, p, 0.1)), microseconds(() -> newton(loss, p))};
}

/** The median of several. It is processor time, which leaves out what else goes on in the machine. */
double microseconds(Runnable work) {
    var clock = ManagementFactory.getThreadMXBean();
    var samples = new ArrayList<Long>();
    for (long total = 0; total < 40_000_000 || samples.size() < 5; total += samples.getLast()) {
        long start = clock.getCurrentThreadCpuTime();
        work.run();
        samples.add(clock.getCurrentThreadCpuTime() - start);
    }
    Collections.sort(samples);
    return samples.get(samples.size() / 2) / 1e3;
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
