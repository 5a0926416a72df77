/** Charts: lines, points, bars, grids of sub-plots; as PNG, as SVG, in a window, and live during training. */
module adjoint.plot {
    requires transitive adjoint.core;
    // Not transitive: java.awt.List would clash with java.util.List in `import module adjoint`.
    requires java.desktop;
    requires org.jfree.jfreechart;
    requires VectorGraphics2D;

    exports adjoint.plot;
}
