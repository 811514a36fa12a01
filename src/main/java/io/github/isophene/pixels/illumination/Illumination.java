// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.illumination;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import net.imglib2.img.Img;

/**
 * Correction of uneven illumination: each pixel is divided by a function of its position, per channel.
 * <ul>
 * <li>{@code none}: pixels stay as they are;</li>
 * <li>{@code apply}: by the function that the screen names ({@link Plane#illumination()}): the illumination
 * functions of
 * CellProfiler, or the flat-field profiles of Harmony;</li>
 * <li>{@code estimate}: by the mean of the plate's images, smoothed (Singh, Bray, Jones and Carpenter, J
 * Microsc 256:231,
 * 2014), by a polynomial.</li>
 * </ul>
 * 8 and 16 bit stay what they are: quotients are rounded to the nearest number, halves up, and clipped at the largest
 * value of the element type. A camera's offset isn't subtracted. Thread-safe.
 */
public final class Illumination {

	/** Values of the key {@code illumination}. */
	public static final List<String> MODES = List.of("none", "apply", "estimate");

	/** No correction. */
	public static final Illumination NONE = new Illumination("none", Map.of(), Field::plate);

	private final String mode;
	private final Map<String, List<Field>> plates;
	private final Function<Field, String> identity;
	private final Map<Plane, IlluminationFunction> functions = new ConcurrentHashMap<>();
	private final Map<String, Estimate> estimates = new HashMap<>();

	/** Reads a field without a correction. */
	public interface RawReader {

		/** Returns an image [X, Y, C] with the channels that are corrected. */
		Img<?> read(Field field) throws IOException;
	}

	/** The estimate of one plate, or what prevents it. */
	private static final class Estimate {

		private List<IlluminationFunction> functions;
		private IOException failure;
	}

	private Illumination(final String mode, final Map<String, List<Field>> plates,
		final Function<Field, String> identity)
	{
		this.mode = mode;
		this.plates = plates;
		this.identity = identity;
	}

	/**
	 * Returns the correction that a key names.
	 *
	 * @param mode one of {@link #MODES}; blank for none
	 * @param fields every field of the screen, from which a plate's function is estimated
	 * @param plate what two fields of one plate share, and two of different plates don't
	 * @throws IllegalArgumentException if there is no such mode, or the screen names no function to apply
	 */
	public static Illumination of(final String mode, final Collection<Field> fields,
		final Function<Field, String> plate)
	{
		final String checked = check(mode);
		if (checked.equals("none")) return NONE;
		if (checked.equals("apply") && example(fields).isEmpty())
			throw new IllegalArgumentException("illumination=apply: the screen " +
				"names no illumination function, neither in columns FileName_Illum<Channel> nor as flat-field " +
				"profiles of a Harmony index: use illumination=estimate or none");
		final Map<String, List<Field>> plates = new LinkedHashMap<>();
		if (checked.equals("estimate")) {
			for (final Field field : fields)
				plates.computeIfAbsent(plate.apply(field), k -> new ArrayList<>()).add(field);
		}
		return new Illumination(checked, plates, plate);
	}

	/**
	 * Returns the value of the key {@code illumination} as it is kept.
	 *
	 * @param mode blank for {@code none}
	 * @throws IllegalArgumentException if there is no such mode
	 */
	public static String check(final String mode) {
		final String word = mode == null || mode.isBlank() ? "none" : mode.strip().toLowerCase(Locale.ROOT);
		if (!MODES.contains(word))
			throw new IllegalArgumentException("illumination is '" + mode + "': use " + String.join(", ", MODES));
		return word;
	}

	/** Returns a sentence for the log if a screen names illumination functions that aren't used. */
	public static Optional<String> unused(final Screen screen, final String mode) {
		if (!check(mode).equals("none")) return Optional.empty();
		return example(screen.fields()).map(plane -> "The screen names illumination functions, such as " +
			plane.shown() + ", which are not applied: illumination=apply divides by them");
	}

	private static Optional<Plane> example(final Collection<Field> fields) {
		return fields.stream()
			.flatMap(field -> field.planes().stream())
			.filter(Objects::nonNull)
			.map(Plane::illumination)
			.filter(Objects::nonNull)
			.findFirst();
	}

	/** Returns the value of the key. */
	public String mode() {
		return mode;
	}

	/** Returns whether pixels of a field are changed. */
	public boolean changes(final Field field) {
		if (mode.equals("apply"))
			return field.planes().stream().anyMatch(plane -> plane != null && plane.illumination() != null);
		return !mode.equals("none");
	}

	/**
	 * Divides an image in place.
	 *
	 * @param image [X, Y, C] of a field, at full size
	 * @param field as the screen has it
	 * @param selected with the channels of the image
	 * @param raw reads other fields of the plate
	 * @throws IOException if a function can't be read, has another size, or no field of the plate can be read
	 * for an estimate
	 */
	public void apply(final Img<?> image, final Field field, final Field selected, final RawReader raw)
		throws IOException
	{
		final List<
			IlluminationFunction> estimate = mode.equals("estimate") ? estimate(identity.apply(field), raw) : null;
		for (int c = 0; c < selected.planes().size(); c++) {
			final IlluminationFunction function = estimate != null ? estimate.get(c)
				: function(selected.planes().get(c).illumination());
			if (function == null) continue;
			final float[] divisor = function.values(Math.toIntExact(image.dimension(0)),
				Math.toIntExact(image.dimension(1)));
			IlluminationDivision.divide(image, c, divisor);
		}
	}

	private IlluminationFunction function(final Plane plane) throws IOException {
		if (plane == null) return null;
		IlluminationFunction function = functions.get(plane);
		if (function == null) {
			function = IlluminationFile.read(plane);
			final IlluminationFunction other = functions.putIfAbsent(plane, function);
			if (other != null) function = other;
		}
		return function;
	}

	private List<IlluminationFunction> estimate(final String plate, final RawReader raw) throws IOException {
		final Estimate estimate;
		synchronized (estimates) {
			estimate = estimates.computeIfAbsent(plate, k -> new Estimate());
		}
		synchronized (estimate) {
			if (estimate.failure != null) throw estimate.failure;
			if (estimate.functions == null) {
				try {
					estimate.functions = IlluminationEstimate.of(plates.get(plate), raw);
				}
				catch (final IOException exc) {
					estimate.failure = exc;
					throw exc;
				}
			}
			return estimate.functions;
		}
	}
}
