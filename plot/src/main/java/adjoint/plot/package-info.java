/** Charts: line, scatter, several series, grids of charts; as PNG, as SVG, in a window. */
package adjoint.plot;
