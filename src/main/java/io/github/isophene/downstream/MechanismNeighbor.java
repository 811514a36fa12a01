// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

/**
 * One of the nearest treatments with a known mechanism.
 *
 * @param compound of the treatment that is asked for
 * @param dose its dose; NaN where it has none
 * @param mechanism its own mechanism; empty where it isn't known
 * @param rank from 1, the nearest
 * @param nearCompound compound of the neighbor, another than that of the treatment
 * @param nearDose its dose
 * @param nearMechanism its mechanism
 * @param distance 1 - cosine of both consensus profiles
 * @param same whether both share a mechanism
 */
public record MechanismNeighbor(String compound, double dose, String mechanism, int rank, String nearCompound,
	double nearDose, String nearMechanism, double distance, boolean same)
{}
