/** The primitive operations, each declared once: what it computes and how it is differentiated. */
package adjoint.op;
