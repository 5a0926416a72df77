/** Everything at once: {@code import module adjoint;} imports the types of all of Adjoint's modules. */
module adjoint {
    requires transitive adjoint.core;
    requires transitive adjoint.linalg;
    requires transitive adjoint.plot;
    requires transitive adjoint.tables;
}
