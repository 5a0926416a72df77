import module adjoint;

// Linear regression again, from ready-made parts: a loader, a layer, a loss, an optimizer.
String out;

void main(String[] args) {
    long seed = Long.parseLong(option(args, "--seed", "0"));
    out = option(args, "--out", null);
    Adjoint.seed(seed);

    var trueW = Tensor.of(2, -3.4);
    double trueB = 4.2;
    var data = syntheticData(trueW, trueB, 1000);
    var loader = new DataLoader(data, 10).shuffle();
    var first = loader.iterator().next();
    IO.println("the first batch begins with " + first.x().at(0) + ", label " + first.y().at(0));

    var net = new Sequential(new Linear(2, 1));
    var linear = net.get(0, Linear.class);
    linear.weight().data().normalInPlace(0, 0.01);
    linear.bias().data().fillInPlace(0);
    IO.println(net);
    IO.println("parameters: " + net.namedParameters().keySet());

    var all = data.batch(IntStream.range(0, data.size()).asLongStream().toArray());
    var loss = new MSELoss();
    var sgd = new SGD(net.parameters(), 0.03);
    int step = 0;
    try (var live = LiveCurve.open(Plot.axes().title("Training").xLabel("epoch").yLabel("loss").logY())) {
        for (int epoch = 1; epoch <= 3; epoch++) {
            for (var batch : loader) {
                var l = loss.forward(net.forward(batch.x()), batch.y());
                sgd.zeroGrad();
                l.backward();
                sgd.step();
                live.add("each batch", (double) ++step / loader.size(), l.item());
            }
            double l = loss.forward(net.forward(all.x()), all.y()).item();
            live.add("all data", epoch, l);
            IO.println("epoch %d, loss %f".formatted(epoch, l));
        }
        picture("loss.png", live.axes().figure());
    }
    var w = linear.weight().detach().reshape(2);
    var b = linear.bias().detach();
    IO.println("error of w: " + trueW.sub(w) + "    error of b: " + b.rsub(trueB));

    var predicted = Autograd.noGrad(() -> net.forward(all.x()));
    var figure = Figure.grid(1, 2).title("What the trained layer predicts");
    figure.at(0, 0).scatter(all.y(), predicted).size(2).xLabel("label").yLabel("prediction");
    figure.at(0, 1).histogram(predicted.sub(all.y()), 40).xLabel("prediction - label").yLabel("samples");
    picture("predictions.png", figure);
}

/** Samples of y = Xw + b + noise: features {@code [n, 2]}, labels {@code [n, 1]}. */
Dataset syntheticData(Tensor w, double b, int n) {
    var features = Tensor.normal(0, 1, n, w.numel());
    var labels = features.matmul(w).add(b);
    labels = labels.add(Tensor.normal(0, 0.01, n));
    return new TensorDataset(features, labels.reshape(n, 1));
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
