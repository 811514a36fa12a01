// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.PlateIntensity;
import io.github.isophene.pixels.ScreenIntensity;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import net.imglib2.img.Img;

/** Square fields of a screen, each one tile, scaled by the rule that Embed Screen takes for the same intensity. */
final class ScaledFields {

	private final Screen screen;
	private final ScreenIntensity rule;
	private final Map<String, ChannelScale[]> ofPlate = new HashMap<>();
	private final TileCopier copier = new TileCopier();

	ScaledFields(final Screen screen, final Intensity intensity) {
		this.screen = screen;
		rule = ScreenIntensity.of(intensity, Selection.NONE, screen);
	}

	/** Returns the rule, as it would be logged. */
	String rule() {
		return rule.rule();
	}

	/** Returns the embedding of a field. */
	float[] embed(final TileNetwork network, final Field field) throws IOException {
		final Img<?> image = FieldReaders.builtIn().read(field);
		final int side = (int) image.dimension(0);
		final int channels = (int) image.dimension(2);
		final FloatBuffer tile = ByteBuffer.allocateDirect(4 * channels * side * side)
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		copier.copy(image, new Tile(0, 0, side), scales(field, image), Layout.NCHW, tile);
		return network.embed(tile.position(0), 1, channels, side)[0];
	}

	private ChannelScale[] scales(final Field field, final Img<?> image) throws IOException {
		if (!rule.intensity().isOfPlate()) return rule.intensity().fit(image);
		final ChannelScale[] known = ofPlate.get(field.plate());
		if (known != null) return known;
		final PlateIntensity plate = new PlateIntensity(rule.intensity());
		for (final Field other : screen.fields()) {
			final boolean wanted = !rule.intensity().needsControls() || rule.controls().test(other);
			if (wanted && other.plate().equals(field.plate()))
				plate.add(FieldReaders.builtIn().read(other));
		}
		ofPlate.put(field.plate(), plate.scales());
		return plate.scales();
	}
}
