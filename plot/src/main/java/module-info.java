/** Charts as PNG, SVG and windows. Not {@code requires transitive java.desktop}: its names would reach users. */
module adjoint.plot {
    requires transitive adjoint.core;
    requires java.desktop;
    requires org.jfree.jfreechart;
    requires VectorGraphics2D;

    exports adjoint.plot;
}
