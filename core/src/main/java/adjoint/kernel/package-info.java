/** Loops over arrays: copies, reductions, products, positions, random bits, threads. They know nothing of tensors. */
package adjoint.kernel;
