package adjoint.tables;

/**
 * A table's rows, each in one of two parts.
 *
 * @param train the rows to learn from
 * @param test the rows to judge by, which training never sees
 */
public record Split(Table train, Table test) {}
