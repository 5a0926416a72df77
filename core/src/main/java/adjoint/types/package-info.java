/** Shapes, element types and the errors of the library: values with no behaviour of their own. */
package adjoint.types;
