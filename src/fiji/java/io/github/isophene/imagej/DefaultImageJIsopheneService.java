// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import java.io.IOException;
import java.util.List;

import io.github.isophene.IsopheneService;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import net.imagej.Dataset;
import net.imagej.DatasetService;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.scijava.table.GenericTable;

/** The implementation of {@link ImageJIsopheneService}. */
@Plugin(type = Service.class)
public class DefaultImageJIsopheneService extends AbstractService implements ImageJIsopheneService {

	@Parameter
	private IsopheneService isophene;

	@Parameter
	private DatasetService datasets;

	@Parameter
	private PluginService plugins;

	@Override
	public ProfileTable embed(final Dataset image, final String model, final int tile, final String device,
		final FeatureSet features) throws IOException
	{
		return isophene.embedImage(ChannelAxes.of(image), model, tile, device, features);
	}

	@Override
	public ProfileTable embed(final ImgPlus<?> image, final String model, final int tile, final String device,
		final FeatureSet features) throws IOException
	{
		return isophene.embedImage(ChannelAxes.of(image), model, tile, device, features);
	}

	@Override
	public GenericTable table(final ProfileTable profiles) {
		return ProfileTables.of(profiles);
	}

	@Override
	public ImgPlus<FloatType> map(final ProfileTable tiles) {
		return TileMap.of(tiles);
	}

	@Override
	public Dataset open(final Field field, final List<String> channels) throws IOException {
		try (FieldReaders readers = FieldReaders.of(plugins)) {
			return dataset(readers.read(field), field, channels);
		}
	}

	@SuppressWarnings("unchecked")
	private <T extends RealType<T>> Dataset dataset(final Img<?> image, final Field field,
		final List<String> channels)
	{
		final Dataset dataset = datasets
			.create(new ImgPlus<>((Img<T>) image, field.label(), new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL}));
		dataset.getImgPlus().getProperties().put("channels", List.copyOf(channels));
		dataset.setCompositeChannelCount(channels.size());
		return dataset;
	}
}
