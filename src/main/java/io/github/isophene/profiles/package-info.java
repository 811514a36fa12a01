// SPDX-License-Identifier: BSD-2-Clause
/**
 * The profile table (metadata columns and a matrix of features), how it is read and
 * written (Parquet, CSV), and how rows are aggregated.
 * <p>May know: no other room.</p>
 */
package io.github.isophene.profiles;
