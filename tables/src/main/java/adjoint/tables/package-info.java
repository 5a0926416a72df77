/**
 * Tables to tensors: CSV files, missing values, categories, standardising, a part to test on.
 *
 * <h2>Read and look</h2>
 *
 * A column of a {@link adjoint.tables.Table} is numbers or categories, and any cell may be missing:
 *
 * <pre>{@code
 * Table table = Table.read(Path.of("flats.csv"));
 * IO.println(table);                       // 3 rows, 3 columns: area: 3 numbers, …
 * NumberColumn area = table.numbers("area");
 * }</pre>
 *
 * What the defaults do not guess is said with {@link adjoint.tables.Csv}:
 * {@code Csv.format().encoding("GBK").delimiter(';').read(path)}. Whatever cannot be read is a
 * {@link adjoint.types.DataException} with the line and the column.
 *
 * <h2>To tensors</h2>
 *
 * <pre>{@code
 * Tensor x = table.select("area", "rooms").tensor();    // [n, 2], numbers as they are
 * Tensor y = table.column("price").tensor();            // [n]
 * Tensor district = table.column("district").tensor();  // [n, k], one-hot
 * }</pre>
 *
 * <h2>To learn from</h2>
 *
 * Missing cells are refused unless {@link adjoint.tables.Missing} says otherwise. {@link adjoint.tables.Features} keeps
 * what standardising and one-hot coding learnt from the training rows, so that the test rows, and next year's, are
 * treated the same:
 *
 * <pre>{@code
 * Split parts = table.missing(Missing.DROP).split(0.2, 0);
 * Features features = Features.of(parts.train().without("price"));
 * Tensor x = features.standardized(parts.train());
 * Tensor xTest = features.standardized(parts.test());
 * }</pre>
 */
package adjoint.tables;
