/** Linear algebra: decompositions, systems of equations and norms, differentiable any number of times. */
module adjoint.linalg {
    requires transitive adjoint.core;
    requires ejml.core;
    requires ejml.ddense;

    exports adjoint.linalg;
}
