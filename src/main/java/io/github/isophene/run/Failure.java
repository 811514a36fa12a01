// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.isophene.screen.Field;
import io.github.isophene.storage.Addresses;

/**
 * Field without a profile or prediction.
 *
 * @param plate plate, well and site name the field
 * @param kind kind of the failure, which decides whether a resumed run tries the field again
 * @param reason sentence for the user, naming the file where it was a file's fault
 */
public record Failure(String plate, String well, String site, Kind kind, String reason) {

	/** Hides what is secret in addresses: reasons go into files that are passed on. */
	public Failure {
		reason = Addresses.hidden(reason);
	}

	/** Kind of a failure. */
	public enum Kind {

		/** The field could not be read, or no tile could be cut: mended files change that. */
		READING,
		/** The field was read, but its pixels give no row: only other pixels change that. */
		PIXELS,
		/** The plate as a whole failed, such as for want of controls that can be read. */
		PLATE;

		/** Returns the label in the errors file: {@code reading}, {@code pixels}, {@code plate}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** Returns whether trying once more, with files of the same age, can succeed. */
		public boolean isWorthATrial() {
			return this != PIXELS;
		}

		/** @throws IllegalArgumentException naming the labels, if there is none such */
		static Kind of(final String label) {
			return Arrays.stream(values())
				.filter(kind -> kind.label().equals(label))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("the kind '" + label + "' must be one of " +
					Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "))));
		}
	}

	/** Returns the failure of a field. */
	public static Failure of(final Field field, final Kind kind, final String reason) {
		return new Failure(field.plate(), field.well(), field.site(), kind, reason);
	}

	@Override
	public String toString() {
		return plate + " " + well + " site " + site + ": " + reason;
	}
}
