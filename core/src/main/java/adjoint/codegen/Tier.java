package adjoint.codegen;

/** The forms of a loop; all yield the same bits. */
enum Tier {
    INTERPRETED,
    SCALAR,
    VECTOR
}
