/** Settings of the whole process: the default random stream, the number of threads. */
package adjoint;
