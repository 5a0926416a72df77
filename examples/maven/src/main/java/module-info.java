module example {
    requires adjoint;
}
