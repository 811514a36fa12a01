// SPDX-License-Identifier: BSD-2-Clause
/**
 * Compares ways of training and of adapting on one screen: every method with the same
 * splits, the same budget and the same test images, over several seeds, on new plates, on
 * new batches, under label shift and with few controls; as CSV, as a Markdown table and as
 * plots.
 * <p>
 * {@link io.github.isophene.comparison.Comparison} is the runner,
 * {@link io.github.isophene.comparison.Method} what is compared,
 * {@link io.github.isophene.comparison.OuterSplit} who is held out, and
 * {@link io.github.isophene.comparison.Trials} on what it is tested.
 * </p>
 * <p>May know: assessment (the linear probe), adaptation, embedding, training, network, engine, pixels,
 * profiles, plots, screen, files.</p>
 */
package io.github.isophene.comparison;
