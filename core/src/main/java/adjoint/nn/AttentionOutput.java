package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * What attention makes of queries.
 *
 * @param output in the layout and shape of the queries
 * @param weights how much each query takes of each key, {@code [n, queries, keys]} or {@code [n, heads, queries, keys]}, without n
 *     where the queries have none; null if they were not asked for
 */
public record AttentionOutput(Tensor output, Tensor weights) {}
