// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.run.Failure;
import io.github.isophene.run.FieldCount;
import io.github.isophene.run.PlateLoop;
import io.github.isophene.run.PlateParts;
import io.github.isophene.run.RunOutline;
import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;

/**
 * Embeds a screen, plate by plate: each finished plate is a part on disk, and the
 * parts become the profiles at the end. A run that was canceled or killed loses at
 * most the plate it was at.
 */
public final class ScreenEmbedder {

	private final FieldReaders readers;

	/** @param readers readers of image files */
	public ScreenEmbedder(final FieldReaders readers) {
		this.readers = readers;
	}

	/**
	 * As {@link #embed(Screen, TileNetwork, PlateNetworks, EmbeddingOptions, Progress)}, every plate by the same
	 * network.
	 *
	 * @throws IllegalArgumentException if the options are for networks adapted to the plates
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final EmbeddingOptions options,
		final Progress progress) throws IOException
	{
		// One network for all plates can't be adapted to them, so the automatic choice is the stored statistics.
		if (StatisticsOrigin.isAutomatic(options.statistics()))
			return embed(screen, network, null, options.withStatistics(EmbeddingOptions.TRAINING), progress);
		if (!options.statistics().equals(EmbeddingOptions.TRAINING))
			throw new IllegalArgumentException("statistics = " + options.statistics() +
				" takes networks adapted to the plates, but there is one for all");
		return embed(screen, network, null, options, progress);
	}

	/**
	 * Embeds every field and writes the profiles.
	 *
	 * @param network what embeds; stays open
	 * @param plates gives each plate a network of its own in its place; {@code null}: one network embeds all
	 * @param progress of the fields; a canceled run keeps the finished plates
	 * @throws IOException if no field could be embedded, or the profiles can't be written
	 * @throws CancellationException if canceled; what is done stays, for the next run
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final PlateNetworks plates,
		final EmbeddingOptions options, final Progress progress) throws IOException
	{
		final long start = System.nanoTime();
		if (screen.fields().isEmpty()) throw new IOException("The screen has no fields");
		final EmbeddingPlan plan = EmbeddingPlan.of(screen, network, plates == null ? "" : plates.adaptation(), options,
			readers);
		plan.intensity().notes().forEach(progress::info);
		plan.intensity().warnings().forEach(progress::warn);
		final Map<String, List<Field>> fields = screen.plates(options.plates());
		final RunOutline outline = outline(plan, fields);
		final PlateParts store = new PlateParts(List.of(options.profiles()), "embedded");
		final long[] tiles = new long[1];
		return new PlateLoop<>(outline, store, options.resume()).run(progress, (pending, count, finished) -> {
			final Map<String, PlateJob> names = new LinkedHashMap<>();
			final Map<String, List<Field>> wanted = new LinkedHashMap<>();
			for (final PlateJob plate : pending) {
				names.put(plate.name(), plate);
				wanted.put(plate.name(), fields.get(plate.name()));
			}
			final PlatePipeline.Finished each = (plate, profiles) -> //
			finished.plate(names.get(plate), profiles.result());
			tiles[0] = plates == null ? new PlatePipeline(plan, network, count).run(wanted, each)
				: adapted(plan, plates, wanted, count, each);
		}, (finished, resumed) -> new EmbeddingReport(options.profiles(), store.errors(), store.merge(finished)[0],
			plan.featureNames().size(), outline.plates().size(), resumed, outline.fields(), store.failed(), tiles[0],
			(System.nanoTime() - start) * 1e-9));
	}

	/**
	 * Returns the outline of what {@link #embed} would do.
	 *
	 * @param plates as there
	 * @throws IllegalArgumentException naming the key that doesn't fit the screen or the network
	 */
	public RunOutline outline(final Screen screen, final TileNetwork network, final PlateNetworks plates,
		final EmbeddingOptions options) throws IOException
	{
		final EmbeddingPlan plan = EmbeddingPlan.of(screen, network, plates == null ? "" : plates.adaptation(), options,
			readers);
		return outline(plan, screen.plates(options.plates()));
	}

	private static RunOutline outline(final EmbeddingPlan plan, final Map<String, List<Field>> plates) {
		return RunOutline.of(plan.signature(), plates, plate -> plan.partKey(plate, plates.get(plate)),
			plan.retry(plates));
	}

	/** Each plate by a network of its own; one for which there can't be any fails as a whole. */
	private static long adapted(final EmbeddingPlan plan, final PlateNetworks networks,
		final Map<String, List<Field>> plates, final FieldCount count, final PlatePipeline.Finished finished)
		throws IOException
	{
		long tiles = 0;
		for (final Map.Entry<String, List<Field>> plate : plates.entrySet()) {
			count.check();
			count.status("Plate " + plate.getKey() + ": adapting the model");
			try (TileNetwork adapted = networkOf(plan, networks, plate.getKey(), plate.getValue())) {
				tiles += new PlatePipeline(plan, adapted, count).run(Map.of(plate.getKey(), plate.getValue()),
					finished);
			}
			catch (final NoNetwork exc) {
				final PlateProfiles none = new PlateProfiles(plan);
				for (final Field field : plate.getValue()) {
					none.failed(field, Failure.Kind.PLATE, exc.getMessage());
					none.endField(field);
					count.field();
				}
				finished.plate(plate.getKey(), none);
			}
		}
		return tiles;
	}

	private static TileNetwork networkOf(final EmbeddingPlan plan, final PlateNetworks networks, final String plate,
		final List<Field> fields) throws NoNetwork
	{
		try {
			return networks.of(plan.plate(plate, fields));
		}
		catch (final IOException | IllegalArgumentException exc) {
			throw new NoNetwork(exc);
		}
	}

	/** Reason why there is no network for a plate. */
	private static final class NoNetwork extends Exception {

		private static final long serialVersionUID = 1L;

		NoNetwork(final Exception reason) {
			super(reason.getMessage(), reason);
		}
	}
}
