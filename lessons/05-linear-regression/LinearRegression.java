import module adjoint;

// Linear regression from scratch: nothing but tensors and automatic differentiation.
String out;
PythonRandom shuffler;

void main(String[] args) {
    long seed = Long.parseLong(option(args, "--seed", "0"));
    out = option(args, "--out", null);
    Adjoint.seed(seed);
    shuffler = Rng.python(seed);

    var trueW = Tensor.of(2, -3.4);
    double trueB = 4.2;
    var data = syntheticData(trueW, trueB, 1000);
    IO.println("features[0]: " + data.x().at(0) + "    label[0]: " + data.y().at(0));
    picture("data.png", scatter(data));

    var first = batches(data, 10).iterator().next();
    IO.println("the first batch:\n" + first.x() + "\n" + first.y());

    var w = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
    var b = Tensor.zeros(1).requiresGrad(true);
    var before = w.detach().clone();
    try (var live = LiveCurve.open(Plot.axes().title("Training").xLabel("epoch").yLabel("loss").logY())) {
        for (int epoch = 1; epoch <= 3; epoch++) {
            double loss = train(data, w, b, 0.03, epoch, (at, l) -> live.add("each batch", at, l));
            live.add("all data", epoch, loss);
            IO.println("epoch %d, loss %f".formatted(epoch, loss));
        }
        picture("loss.png", live.axes().figure());
    }
    IO.println("error of w: " + error(trueW, w) + "    error of b: " + b.detach().rsub(trueB));
    picture("fit.png", fit(data, before, w.detach(), b.detach()));

    var figure = Figure.grid(1, 2);
    keptParameters(data, w, b, figure.at(0, 0));
    frozenBias(data, trueW, trueB, figure.at(0, 1));
    picture("experiments.png", figure);
}

/** Samples of y = Xw + b + noise: features {@code [n, 2]}, labels {@code [n, 1]}. */
Batch syntheticData(Tensor w, double b, int n) {
    var features = Tensor.normal(0, 1, n, w.numel());
    var labels = features.matmul(w).add(b);
    labels = labels.add(Tensor.normal(0, 0.01, n));
    return new Batch(features, labels.reshape(n, 1));
}

/** All samples once, in batches, in an order that is shuffled anew. */
Iterable<Batch> batches(Batch data, int size) {
    int n = (int) data.x().size(0);
    int[] order = IntStream.range(0, n).toArray();
    shuffler.shuffle(order);
    return () -> IntStream.iterate(0, i -> i < n, i -> i + size)
            .mapToObj(i -> Tensor.of(Arrays.copyOfRange(order, i, Math.min(i + size, n))))
            .map(rows -> new Batch(data.x().at(rows), data.y().at(rows)))
            .iterator();
}

/** The model: {@code [n, 2] → [n, 1]}. */
Tensor linreg(Tensor x, Tensor w, Tensor b) {
    return x.matmul(w).add(b);
}

/** Half of each sample's squared error. */
Tensor squaredLoss(Tensor predicted, Tensor y) {
    return predicted.sub(y.reshape(predicted.shape().sizes())).pow(2).div(2);
}

/** A step of minibatch stochastic gradient descent, after the backward of a loss that was summed over the batch. */
void sgd(List<Tensor> parameters, double lr, int batchSize) {
    try (var _ = Autograd.noGrad()) {
        for (var p : parameters) {
            p.subInPlace(p.grad().mul(lr).div(batchSize));
            p.zeroGrad();
        }
    }
}

/** One epoch. Gives the mean loss over all data after it; what does not require grad stays as it is. */
double train(Batch data, Tensor w, Tensor b, double lr, int epoch, BiConsumer<Double, Double> watch) {
    int batchSize = 10;
    double at = epoch - 1;
    var learned = Stream.of(w, b).filter(Tensor::requiresGrad).toList();
    for (var batch : batches(data, batchSize)) {
        var l = squaredLoss(linreg(batch.x(), w, b), batch.y());
        l.sum().backward();
        sgd(learned, lr, batchSize);
        at += (double) batchSize / data.x().size(0);
        watch.accept(at, l.mean().item());
    }
    return Autograd.noGrad(() -> squaredLoss(linreg(data.x(), w, b), data.y()).mean().item());
}

/** Three learning rates, three epochs each: with new parameters, and with those that the last run left behind. */
void keptParameters(Batch data, Tensor w, Tensor b, Axes axes) {
    IO.println("\nWhat happens when parameters are not initialised again: losses after each of three epochs");
    double[] rates = {0.01, 0.003, 0.001};
    for (int run = 0; run < rates.length; run++) {
        double lr = rates[run];
        var newW = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
        var newB = Tensor.zeros(1).requiresGrad(true);
        int[] epochs = {3 * run + 1, 3 * run + 2, 3 * run + 3};
        double[] anew = Arrays.stream(epochs)
                .mapToDouble(epoch -> train(data, newW, newB, lr, epoch, (_, _) -> {}))
                .toArray();
        double[] kept = Arrays.stream(epochs)
                .mapToDouble(epoch -> train(data, w, b, lr, epoch, (_, _) -> {}))
                .toArray();
        IO.println("  lr %5s    initialised again %s    kept %s".formatted(lr, text(anew), text(kept)));
        axes.line(epochs, anew).markers().color("C0").label(run == 0 ? "initialised again" : "");
        axes.line(epochs, kept).markers().color("C1").label(run == 0 ? "kept" : "");
    }
    axes.title("Parameters initialised again, or kept").xLabel("epoch (lr " + Arrays.toString(rates) + ")");
    axes.vLine(3.5).vLine(6.5).yLabel("loss").logY();
}

/** A detached bias is a constant: it gets no gradient. Later it is learned after all. */
void frozenBias(Batch data, Tensor trueW, double trueB, Axes axes) {
    IO.println("\nA frozen bias: three epochs with b.detach(), then three with b");
    var w = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
    var b = Tensor.zeros(1).requiresGrad(true);
    var losses = new ArrayList<Double>();
    for (int epoch = 1; epoch <= 6; epoch++) {
        losses.add(train(data, w, epoch <= 3 ? b.detach() : b, 0.03, epoch, (_, _) -> {}));
        if (epoch % 3 == 0) {
            IO.println("  after epoch %d: loss %f, error of w %s, error of b %s, b.grad() %s".formatted(
                    epoch, losses.getLast(), error(trueW, w), b.detach().rsub(trueB), b.grad()));
        }
    }
    axes.line(IntStream.rangeClosed(1, 6).toArray(), losses).markers();
    axes.vLine(3.5).title("The bias frozen until epoch 3").xLabel("epoch").yLabel("loss").logY();
}

Tensor error(Tensor trueW, Tensor w) {
    return trueW.sub(w.detach().reshape(2));
}

String text(double[] losses) {
    return Arrays.stream(losses).mapToObj("%.6f"::formatted).collect(Collectors.joining(" "));
}

/** The labels over each feature, and the model before and after training where the other feature is 0. */
Figure fit(Batch data, Tensor w0, Tensor w, Tensor b) {
    var figure = Figure.grid(1, 2).title("The data, and the model where the other feature is 0");
    var x = Tensor.of(-4.0, 4.0);
    for (int j = 0; j < 2; j++) {
        figure.at(0, j).xLabel("features[:, %d]".formatted(j)).yLabel("labels");
        figure.at(0, j).scatter(data.x().select(1, j), data.y()).size(2).opacity(0.5);
        figure.at(0, j).line(x, x.mul(w0.at(j, 0))).dashed().color("gray").label("before training");
        figure.at(0, j).line(x, x.mul(w.at(j, 0)).add(b)).color("C3").label("after training");
    }
    return figure;
}

Figure scatter(Batch data) {
    return Plot.scatter(data.x().select(1, 1), data.y()).size(2)
            .title("The data").xLabel("features[:, 1]").yLabel("labels").figure();
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
