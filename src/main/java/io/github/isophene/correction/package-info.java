// SPDX-License-Identifier: BSD-2-Clause
/**
 * Corrections of profile tables: what makes plates and batches comparable.
 * <p>
 * {@link io.github.isophene.correction.Correction} is the plug-in type: one class
 * that learns from a table (from its negative controls, mostly) and gives a
 * {@link io.github.isophene.correction.FittedCorrection}, which corrects tables.
 * {@link io.github.isophene.correction.CorrectionChain} is a list of them as a user
 * writes it ({@code standardize,sphering:zca:0.1}),
 * {@link io.github.isophene.correction.FittedChain} what it has learned, which
 * {@link io.github.isophene.correction.FittedFile} keeps for new plates.
 * </p>
 * <p>May know: profiles, screen (which rows are controls), files.</p>
 */
package io.github.isophene.correction;
