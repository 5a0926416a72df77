/**
 * The command line: {@code adjoint lesson}, {@code run}, {@code fit}, {@code predict}. Each command is a class; what it
 * needs of charts and tables is loaded when it runs, so that a lesson starts quickly.
 */
package adjoint.app;
