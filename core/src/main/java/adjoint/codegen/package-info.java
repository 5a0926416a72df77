/** The language of scalar formulas, its derivatives, and its compilation into loops over arrays. */
package adjoint.codegen;
