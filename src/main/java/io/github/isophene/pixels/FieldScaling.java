// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import net.imglib2.RandomAccessibleInterval;

/** How the intensities of the fields of a plate are scaled: image by image, or by the plate's control wells. */
@FunctionalInterface
public interface FieldScaling {

	/**
	 * The scales of an image.
	 *
	 * @param image [X, Y, C] of a field of the plate
	 * @return one scale per channel
	 */
	ChannelScale[] of(RandomAccessibleInterval<?> image);

	/**
	 * The scaling of a plate. Reads its control wells if the intensity needs them.
	 *
	 * @param plate the plate's name, for messages
	 * @param fields all fields of the plate
	 * @param controls which of them are controls; may be {@code null} if the intensity needs none
	 * @throws IOException if the plate has no control wells, or none that can be read
	 */
	static FieldScaling ofPlate(final Intensity intensity, final String plate, final List<Field> fields,
		final Selection controls, final ChannelReader reader) throws IOException
	{
		if (!intensity.needsControls()) return intensity::fit;
		final PlateIntensity fit = new PlateIntensity(intensity);
		String failure = null;
		for (final Field field : fields) {
			if (!controls.test(field)) continue;
			try {
				fit.add(reader.read(field));
			}
			catch (final IOException exc) {
				failure = exc.getMessage();
			}
		}
		if (fit.fields() == 0) {
			throw new IOException("Plate " + plate + " has no " + (failure == null ? "" : "readable ") + "control well (" +
				controls + "), from which its intensities are to be taken" + (failure == null //
					? ": choose other controls or another intensity" : ": " + failure));
		}
		final ChannelScale[] scales = fit.scales();
		return image -> scales;
	}

	/**
	 * The control wells that a user names, checked against the screen and the intensity.
	 *
	 * @param controls {@code column=value[,value]}, or empty
	 * @return {@code null} if empty
	 * @throws IllegalArgumentException if no field is one, or the intensity needs them and none are named
	 */
	static Selection controls(final Screen screen, final String controls,
		final Intensity intensity)
	{
		if (controls.isEmpty()) {
			if (intensity.needsControls()) {
				throw new IllegalArgumentException("The intensity " + intensity.spec() +
					" is taken from control wells: name them in controls, for example Metadata_pert_type=negcon");
			}
			return null;
		}
		final Selection selection = Selection.parse(controls);
		selection.fields(screen);
		return selection;
	}
}
