// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Tile;
import io.github.isophene.run.Failure;
import io.github.isophene.screen.Field;
import net.imglib2.img.Img;

/**
 * A field that was read and cut into tiles, or the reason why it was not.
 *
 * @param field the field
 * @param image its pixels [X, Y, C]; {@code null} if it failed
 * @param tiles the tiles to embed; empty if it failed
 * @param scales how each channel's intensities are normalized
 * @param failure why it failed, or {@code null}
 */
record PreparedField(Field field, Img<?> image, List<Tile> tiles, ChannelScale[] scales, Failure failure) {

	static PreparedField failed(final Field field, final Failure.Kind kind, final String reason) {
		return new PreparedField(field, null, List.of(), null, Failure.of(field, kind, reason));
	}
}
