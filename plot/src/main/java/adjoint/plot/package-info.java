/**
 * Charts for people who know matplotlib: lines, points, histograms, contours, arrows, grids of sub-plots, live curves.
 *
 * <h2>One chart</h2>
 *
 * {@link adjoint.plot.Plot} begins a picture; everything after that is a chain of calls on its
 * {@link adjoint.plot.Axes}. Label, colour and style speak of what was drawn last:
 *
 * {@snippet :
 * double[] epochs = {1, 2, 3, 4};
 * double[] train = {0.9, 0.2, 0.04, 0.01};
 * double[] test = {1.1, 0.3, 0.09, 0.05};
 *
 * Plot.line(epochs, train).label("train")
 *         .line(epochs, test).label("test").dashed()
 *         .title("Loss").xLabel("epoch").yLabel("MSE").logY()
 *         .save("loss.png");
 * }
 *
 * Numbers may be arrays, lists or tensors, in any mixture. A name ending in {@code .svg} gives a vector file.
 * {@link adjoint.plot.Axes#show} opens a window, or writes a file and prints its name where there is no display.
 *
 * <h2>Several charts</h2>
 *
 * {@snippet :
 * var figure = Figure.grid(1, 2).title("Same data, two views");
 * figure.at(0, 0).scatter(x, y).title("points");
 * figure.at(0, 1).histogram(y, 20).title("distribution");
 * figure.save("views.svg");
 * }
 *
 * <h2>Drawings</h2>
 *
 * {@snippet :
 * Plot.axes().contour(x, y, heights).arrow(1, 1, 0.5, 0).text("gradient", 1.5, 1, Placement.RIGHT)
 *         .equalAxes().save("gradient.png");
 * }
 *
 * <h2>During training</h2>
 *
 * {@snippet :
 * try (var live = LiveCurve.open("Training")) {
 *     for (int step = 0; step < 1000; step++) {
 *         live.add("train", step, loss(step));
 *     }
 *     live.save("training.png");
 * }
 * }
 *
 * <h2>Texts</h2>
 *
 * Texts are set in DejaVu Sans, which comes along, and characters that it lacks, such as Chinese ones, in an installed
 * font that has them, whatever the locale. Where there is none, one line on the standard error stream says what to
 * install.
 *
 * <p>Wrong arguments are told by {@link adjoint.types.DataException}, and lengths that do not fit by
 * {@link adjoint.types.ShapeException}, before anything is drawn or written.
 */
package adjoint.plot;
