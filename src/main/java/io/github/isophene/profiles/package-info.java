// SPDX-License-Identifier: BSD-2-Clause
/**
 * The profile table (metadata columns and a matrix of features), how it is read and
 * written (Parquet, CSV), and how rows are aggregated.
 * <p>
 * {@link io.github.isophene.profiles.ProfileTable} is the table in the heap,
 * {@link io.github.isophene.profiles.ProfileFile} the file,
 * {@link io.github.isophene.run.ProfileParts} the file of a long run that grows plate
 * by plate (with its {@link io.github.isophene.run.ErrorsFile},
 * {@link io.github.isophene.run.FieldCount}, and {@link io.github.isophene.run.PlateRetry} for plates whose
 * images have changed), {@link io.github.isophene.profiles.Aggregation} the way from tiles
 * to wells.
 * </p>
 * <p>
 * Files go through DuckDB, in process and in memory, with one connection per operation
 * that is closed when it ends; operations at the same time, and those of a run of many plates,
 * share one database. Its native library (about 60 MB) unpacks itself to {@code java.io.tmpdir}
 * when the first file is read or written and is deleted when the JVM ends; nothing is ever
 * downloaded. What DuckDB allocates lies outside the heap.
 * </p>
 * <p>May know: screen (which rows are controls, wells, platemaps), engine (for products of large
 * matrices only), files.</p>
 */
package io.github.isophene.profiles;
