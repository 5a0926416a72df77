/** Linear algebra: determinants, inverses, systems of equations, differentiable any number of times. */
module adjoint.linalg {
    requires transitive adjoint.core;

    exports adjoint.linalg;
}
