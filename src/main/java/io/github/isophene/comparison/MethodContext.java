// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import io.github.isophene.network.Model;

/**
 * Data, options and weights of one seed of a comparison, for a method. Test plates are in the data, too: a method
 * reads no label but those of the split's training samples.
 *
 * @param data the images
 * @param options options of the comparison
 * @param split training samples and tested plates
 * @param seed the seed
 * @param model the trained model; {@code null} for a method that trains none
 * @param profiles profiles of all images; {@code null} for a method that trains a network
 */
public record MethodContext(ComparisonData data, ComparisonOptions options, OuterSplit split, long seed, Model model,
	FrozenProfiles profiles)
{
}
