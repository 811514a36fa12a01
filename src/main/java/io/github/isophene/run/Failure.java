// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

/**
 * A field without a profile or prediction.
 *
 * @param plate plate, well and site name the field
 * @param reason why, naming the file where it was a file's fault
 */
public record Failure(String plate, String well, String site, String reason) {

	@Override
	public String toString() {
		return plate + " " + well + " site " + site + ": " + reason;
	}
}
