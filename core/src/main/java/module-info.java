/** Tensors, automatic differentiation and training in plain Java. */
module adjoint.core {
    requires static jdk.incubator.vector;

    exports adjoint.codegen;
    exports adjoint.op;
    exports adjoint.tensor;
    exports adjoint.types;
}
