/** CSV and other tables to tensors: types, missing values, standardising, one-hot. */
package adjoint.tables;
