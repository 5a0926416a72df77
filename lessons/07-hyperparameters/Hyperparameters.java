import module adjoint;

// What learning rate, batch size and number of epochs do to one and the same regression.
final int LIMIT = 1000;
String out;

/** A training. The losses over all data before it and after each epoch; if it was given up, that of the last batch. */
record Training(double lr, int batchSize, List<Double> epochs, List<Double> losses, int steps, boolean diverged) {}

void main(String[] args) {
    long seed = Long.parseLong(option(args, "--seed", "0"));
    out = option(args, "--out", null);
    Adjoint.seed(seed);
    var data = syntheticData(Tensor.of(2, -3.4), 4.2, 1000);
    var rates = List.of(0.001, 0.01, 0.1, 0.5, 2.0);
    var batchSizes = List.of(1, 10, 100, 1000);
    int epochs = 10;

    var trainings = new ArrayList<Training>();
    for (double lr : rates) {
        for (int batchSize : batchSizes) {
            trainings.add(train(data, lr, batchSize, epochs, seed));
        }
    }
    picture("grid.png", grid(trainings, batchSizes));

    IO.println("The loss over all data after " + epochs + " epochs");
    IO.println(row("batch size", batchSizes));
    IO.println(row("steps", batchSizes.stream().map(size -> epochs * data.size() / size).toList()));
    for (double lr : rates) {
        var ofRate = trainings.stream().filter(t -> t.lr == lr);
        IO.println(row("lr " + lr, ofRate.map(t -> t.diverged ? "diverged" : text(t.losses.getLast())).toList()));
    }

    IO.println("\nDiverged: the loss of a batch was more than " + LIMIT + " times the loss before training");
    for (var t : trainings) {
        if (t.diverged) {
            IO.println("lr %s, batch size %d: in step %d".formatted(t.lr, t.batchSize, t.steps));
        }
    }

    var looks = List.of(1, 3, 10);
    IO.println("\nThe loss after more and more epochs, batch size 10");
    IO.println(row("epochs", looks));
    for (var t : trainings) {
        if (t.batchSize == 10 && !t.diverged) {
            IO.println(row("lr " + t.lr, looks.stream().map(epoch -> text(t.losses.get(epoch))).toList()));
        }
    }
}

/** Trains new parameters, the same ones each time, until all epochs are done or the loss runs away. */
Training train(TensorDataset data, double lr, int batchSize, int epochs, long seed) {
    var rng = Rng.torch(seed);
    var net = new Linear(2, 1, rng, DType.F32);
    var loader = new DataLoader(data, batchSize).shuffle(rng);
    var sgd = new SGD(net.parameters(), lr);
    var loss = new MSELoss();
    var all = data.batch(Tensor.arange((long) data.size()).toLongs());

    var at = new ArrayList<>(List.of(0.0));
    var losses = new ArrayList<>(List.of(loss.forward(net.forward(all.x()), all.y()).item()));
    int step = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
        for (var batch : loader) {
            step++;
            var l = loss.forward(net.forward(batch.x()), batch.y());
            if (!(l.item() <= LIMIT * losses.getFirst())) { // not a number counts as too large
                at.add((step - 1.0) / loader.size());
                losses.add(l.item());
                return new Training(lr, batchSize, at, losses, step, true);
            }
            sgd.zeroGrad();
            l.backward();
            sgd.step();
        }
        at.add((double) epoch);
        losses.add(loss.forward(net.forward(all.x()), all.y()).item());
    }
    return new Training(lr, batchSize, at, losses, step, false);
}

/** A chart for each batch size, a curve for each learning rate. */
Figure grid(List<Training> trainings, List<Integer> batchSizes) {
    var figure = Figure.grid(2, 2).size(900, 760).title("The loss by epoch");
    for (int i = 0; i < batchSizes.size(); i++) {
        int size = batchSizes.get(i);
        var axes = figure.at(i / 2, i % 2).title("batch size " + size).xLabel("epoch").yLabel("loss").logY();
        axes.yLimits(1e-5, 1e8);
        for (var t : trainings) {
            if (t.batchSize == size) {
                axes.line(t.epochs, t.losses).label("lr " + t.lr + (t.diverged ? ", diverged" : ""));
            }
        }
    }
    return figure;
}

/** Samples of y = Xw + b + noise: features {@code [n, 2]}, labels {@code [n, 1]}. */
TensorDataset syntheticData(Tensor w, double b, int n) {
    var features = Tensor.normal(0, 1, n, w.numel());
    var labels = features.matmul(w).add(b);
    labels = labels.add(Tensor.normal(0, 0.01, n));
    return new TensorDataset(features, labels.reshape(n, 1));
}

/** A line of a table. */
String row(String name, List<?> cells) {
    return "%-10s".formatted(name) + cells.stream().map("%12s"::formatted).collect(Collectors.joining());
}

String text(double loss) {
    return "%.6f".formatted(loss);
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
