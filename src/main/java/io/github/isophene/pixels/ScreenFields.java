// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Selection;
import net.imglib2.img.Img;

/**
 * The fields of a screen by index, as a model wants them: its channels in its order, at
 * its resolution, with the scales of its intensity. Nothing is kept but, per plate, scales
 * that are taken from control wells; these are found when a field of the plate is asked
 * for first. Thread-safe.
 *
 * <pre>
 * ChannelReader reader = new ChannelReader(readers, screen.channels(), model.channels(),
 * Downscale.parse(model.downscale()));
 * ScreenFields fields = new ScreenFields(reader, screen.fields(), Intensity.parse(model.intensity()), Selection.NONE);
 * ScaledField field = fields.read(0);
 * new TileCopier().copy(field.image(), tile, field.scales(), Layout.NCHW, buffer);
 * </pre>
 */
public final class ScreenFields {

	/** Of a plate: its fields, and its scaling once it is known. */
	private static final class Plate {

		private final String name;
		private final List<Field> fields;
		private FieldScaling scaling;
		private PlateScalingException failure;

		private Plate(final String name, final List<Field> fields) {
			this.name = name;
			this.fields = fields;
		}
	}

	private final ChannelReader reader;
	private final List<Field> fields;
	private final Intensity intensity;
	private final Selection controls;
	private final Function<Field, String> identity;
	private final Map<String, Plate> plates = new HashMap<>();

	/**
	 * As {@link #ScreenFields(ChannelReader, List, Intensity, Selection, Function)}, with plates that are known
	 * by their names.
	 */
	public ScreenFields(final ChannelReader reader, final List<Field> fields, final Intensity intensity,
		final Selection controls)
	{
		this(reader, fields, intensity, controls, Field::plate);
	}

	/**
	 * @param fields in the order in which they are counted, from 0; all fields of a plate whose intensities are
	 * taken from controls
	 * @param intensity how their intensities are scaled
	 * @param controls control wells, which only an intensity that {@linkplain Intensity#needsControls() needs
	 * them} uses;
	 *          otherwise may be {@code null}
	 * @param plate what two fields of one plate share, and two of different plates don't
	 * @throws IllegalArgumentException if the intensity needs controls and there are none
	 */
	public ScreenFields(final ChannelReader reader, final List<Field> fields, final Intensity intensity,
		final Selection controls, final Function<Field, String> plate)
	{
		if (intensity.reference() == Intensity.Reference.AUTO)
			throw new IllegalArgumentException(
				"The intensity " + intensity.spec() + " is to be decided by ScreenIntensity first");
		if (intensity.needsControls() && controls.isNone())
			throw new IllegalArgumentException("The intensity " + intensity.spec() +
				" is taken from control wells: name them in controls, for example " + ControlTypes.NEGATIVE_CONTROLS);
		this.reader = reader;
		this.fields = List.copyOf(fields);
		this.intensity = intensity;
		this.controls = controls;
		identity = plate;
		this.fields.stream()
			.collect(Collectors.groupingBy(plate))
			.forEach((name, of) -> plates.put(name, new Plate(name, of)));
	}

	/** Returns the number of fields. */
	public int size() {
		return fields.size();
	}

	/** Returns a field with its metadata. */
	public Field field(final int index) {
		return fields.get(index);
	}

	/** Names of the channels, in order. */
	public List<String> channels() {
		return reader.channels();
	}

	/** Returns the scaling of intensities. */
	public Intensity intensity() {
		return intensity;
	}

	/**
	 * Reads a field.
	 *
	 * @throws IOException if it can't be read, or its plate has no control well from which to take
	 *           intensities; the message names field and file
	 */
	public ScaledField read(final int index) throws IOException {
		final Field field = fields.get(index);
		final FieldScaling scaling = scaling(plates.get(identity.apply(field)), FieldScaling.Reading.NONE);
		final Img<?> image = image(field);
		try {
			return new ScaledField(image, scaling.of(image));
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(field.label() + ": " + exc.getMessage(), exc);
		}
	}

	/**
	 * Finds the scales of a field's plate, unless that has been done: reads the fields that they are taken from.
	 *
	 * @param index a field of the plate
	 * @param reading hears of them
	 * @throws IOException if the plate has no control well from which to take intensities
	 */
	public void measure(final int index, final FieldScaling.Reading reading) throws IOException {
		scaling(plates.get(identity.apply(fields.get(index))), reading);
	}

	/**
	 * Returns height and width of a field, without asking for the scales of its plate.
	 *
	 * @throws IOException if it can't be read
	 */
	public long[] size(final int index) throws IOException {
		final Img<?> image = image(fields.get(index));
		return new long[]{image.dimension(1), image.dimension(0)};
	}

	private Img<?> image(final Field field) throws IOException {
		try {
			return reader.read(field);
		}
		catch (final IOException exc) {
			final String message = exc.getMessage() == null ? exc.toString() : exc.getMessage();
			throw message.contains(field.label()) ? exc : new IOException(field.label() + ": " + message, exc);
		}
	}

	private FieldScaling scaling(final Plate plate, final FieldScaling.Reading reading) throws PlateScalingException {
		synchronized (plate) {
			if (plate.failure != null) throw plate.failure;
			if (plate.scaling == null) {
				try {
					plate.scaling = FieldScaling.ofPlate(intensity, plate.name, plate.fields, controls, reader,
						() -> {}, reading);
				}
				catch (final PlateScalingException exc) {
					plate.failure = exc;
					throw exc;
				}
			}
			return plate.scaling;
		}
	}
}
