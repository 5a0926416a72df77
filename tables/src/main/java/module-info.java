/** CSV tables to tensors. */
module adjoint.tables {
    requires transitive adjoint.core;
    requires de.siegmar.fastcsv;

    exports adjoint.tables;
}
