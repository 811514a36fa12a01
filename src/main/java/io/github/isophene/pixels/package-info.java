// SPDX-License-Identifier: BSD-2-Clause
/**
 * Pixels of a field: reading it as an ImgLib2 image, tiling, the background filter and
 * intensity normalization. An image is [X, Y, C] with the channels in the screen's order. Networks read tiles by
 * {@link io.github.isophene.pixels.TileSource}; what is read several times lies in a
 * {@link io.github.isophene.pixels.TileCache}.
 *
 * <pre>
 * Img&lt;?&gt; image = FieldReaders.builtIn().read(field);
 * ChannelScale[] scales = Intensity.parse("percentile:0.1:99.9").fit(image);
 * List&lt;Tile&gt; tiles = Tiling.parse("grid:224").tiles(image.dimension(0), image.dimension(1));
 * TileCopier copier = new TileCopier();
 * for (Tile tile : tiles) copier.copy(image, tile, scales, Layout.NCHW, buffer);
 * </pre>
 *
 * <p>Depends on: screen, zarr, storage, settings, files, numerics, messages.</p>
 */
package io.github.isophene.pixels;
