// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.controls.ControlCheck;
import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.statistics.StatisticsChoice;
import io.github.isophene.adaptation.tiles.ChannelMatch;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;

/**
 * Predicts the classes of a plate's fields and wells, adapted to the plate.
 * <pre>
 * Predictor predictor = new Predictor(List.of(model), PredictionOptions.of(StatisticsOrigin.CONTROLS));
 * PlatePrediction p = predictor.predict("P7", queries, controls);
 * </pre>
 * A field's probabilities are the mean of its tiles' softmax over all models of the
 * ensemble; a well's the mean over its fields. Memory doesn't depend on the number of
 * images. No labels go in. The same input gives the same output whatever the number of
 * threads.
 */
public final class Predictor {

	private final List<Model> models;
	private final PredictionOptions options;
	private PredictionListener listener = PredictionListener.NONE;

	/**
	 * An ensemble of models (or a single one) that were trained for the same task.
	 *
	 * @throws IllegalArgumentException if there is none, one has no classes, or they differ in
	 *           classes, tile size, or how pixel values become their input
	 */
	public Predictor(final List<Model> models, final PredictionOptions options) {
		this.models = List.copyOf(models);
		this.options = options;
		if (models.isEmpty()) throw new IllegalArgumentException("There is no model to predict with");
		final ModelCard first = models.get(0).card();
		for (final Model model : models) {
			final ModelCard card = model.card();
			if (card.classes().isEmpty())
				throw new IllegalArgumentException("The model '" + card.name() +
					"' has no classes, so it can't predict: train or fine-tune it on labels first");
			if (card.anyChannels())
				throw new IllegalArgumentException("The model '" + card.name() +
					"' has the classes of single channels, so it can't predict those of images: fine-tune it on " +
					"labeled images first (Fine-tune Model, start)");
			StatisticsChoice.require(model, options.statistics());
			same("classes", first, first.classes(), card, card.classes());
			same("tile size", first, first.tileSize(), card, card.tileSize());
			same("downscale", first, first.downscale(), card, card.downscale());
			same("intensity", first, first.intensity(), card, card.intensity());
		}
	}

	private static void same(final String what, final ModelCard a, final Object x, final ModelCard b, final Object y) {
		if (!x.equals(y))
			throw new IllegalArgumentException(
				"The models '" + a.name() + "' and '" + b.name() + "' can't form an ensemble: their " + what +
					" differ" + (what.equals("classes") ? "" : "s") + " (" + x + " and " + y + "): " +
					(what.equals("intensity")
						? "train them from one start model, or with the same intensity and normalize = false"
						: "predict with each by itself"));
	}

	/** Sets who hears how it goes. */
	public Predictor listener(final PredictionListener other) {
		listener = Objects.requireNonNull(other, "listener");
		return this;
	}

	/**
	 * Predicts one plate.
	 *
	 * @param plate the plate's name, for messages and the seed
	 * @param queries what is to be predicted; controls may be among them
	 * @param controls the plate's negative controls; without tiles if there are none
	 * @throws IllegalArgumentException if there are no queries, channels are missing, or there are no
	 *           controls although the statistics need some
	 * @throws IOException if an image can't be read
	 * @throws java.util.concurrent.CancellationException if the thread is interrupted
	 */
	public PlatePrediction predict(final String plate, final FieldImages queries, final FieldImages controls)
		throws IOException
	{
		if (queries.tiles().count() == 0)
			throw new IllegalArgumentException("Plate " + plate + " has no images to predict");
		final boolean controlled = controls.tiles().count() > 0;
		if (controlled && !controls.channels().equals(queries.channels()))
			throw new IllegalArgumentException("On plate " + plate + " the queries have the channels " +
				queries.channels() + ", but the controls " + controls.channels());
		final List<
			String> warnings = new ArrayList<>(ControlCheck.warnings(plate, options.statistics(), queries, controls));
		final int k = models.get(0).card().classes().size();
		final double[][] sums = new double[queries.fields().size()][k];
		final int[] tiles = new int[sums.length];
		for (int t = 0; t < queries.tiles().count(); t++) tiles[queries.tiles().field(t)]++;
		final int[] left = IntStream.of(tiles).map(n -> n * models.size()).toArray();
		final List<Drift> drifts = new ArrayList<>();
		final List<Drift> departures = new ArrayList<>();
		for (int m = 0; m < models.size(); m++) {
			final int member = m;
			final Model model = models.get(m);
			otherPlate(plate, model).ifPresent(warnings::add);
			StatisticsChoice.warning(model, options.statistics()).ifPresent(warnings::add);
			final ChannelMatch match = ChannelMatch.of(model.card().channels(), queries.channels());
			match.warning().filter(w -> !warnings.contains(w)).ifPresent(warnings::add);
			final FieldImages q = queries.matched(match);
			final FieldImages c = controlled ? controls.matched(match) : null;
			final ClassHead head = new ClassHead(model);
			final PlateEmbeddings embeddings = new PlateEmbeddings(model, options);
			final PlateEmbeddings.Adapted hears = new PlateEmbeddings.Adapted() {

				@Override
				public void with(final PlateStatistics statistics) throws IOException {
					listener.adapted(member, statistics.into(model, plate, options.statistics()));
				}

				@Override
				public void departure(final Drift departure) {
					departures.add(departure);
					if (departure.far()) warnings.add(departed(plate, departure));
				}

				@Override
				public void warning(final String sentence) {
					// Of an ensemble, each model may say it.
					if (!warnings.contains(sentence)) warnings.add(sentence);
				}
			};
			final PlateStatistics statistics = controlled && options.drift() && model.card().architecture().adapts()
				? embeddings.controls(plate, c, hears)
				: null;
			if (statistics != null) drifts.add(drift(plate, model, statistics, warnings));
			embeddings.run(plate, q, c, statistics, hears, (tile, row) -> {
				final int field = q.tiles().field(tile);
				add(Probabilities.softmax(head.logits(row)), sums[field]);
				if (--left[field] == 0) listener.predicted(field);
			});
		}
		final List<Prediction> fields = fields(plate, queries, sums, tiles, warnings);
		return new PlatePrediction(plate, options.statistics(), models.get(0).card().classes(), fields, wells(fields),
			drifts, departures, warnings);
	}

	private Optional<String> otherPlate(final String plate, final Model model) {
		final String adapted = model.card().training().get(PlateStatistics.PLATE);
		if (adapted == null || adapted.equals(plate)) return Optional.empty();
		return Optional.of("The model '" + model.card().name() + "' holds the statistics of plate " + adapted + " (" +
			model.card().training().get(PlateStatistics.KIND) + "), not those of its training" +
			(options.statistics() == StatisticsOrigin.TRAINING
				? ": with statistics = " + options.statistics().label() + " plate " + plate + " is normalized by them"
				: "; the drift of plate " + plate + " is measured from there"));
	}

	private static Drift drift(final String plate, final Model model, final PlateStatistics statistics,
		final List<String> warnings)
	{
		final Drift drift = Drift.between(statistics, model);
		if (drift.far())
			warnings.add(String.format(Locale.ROOT, "The controls of plate %s are further from the training of '%s' " +
				"than any of its plates was from the others (drift %.3g, threshold %.3g): predictions may be wrong " +
				"even after adaptation; look at the images", plate, model.card().name(), drift.total(),
				drift.threshold().getAsDouble()));
		return drift;
	}

	private String departed(final String plate, final Drift departure) {
		return String.format(Locale.ROOT,
			"The queries of plate %s are further from its controls than those of any class were on " +
				"the training plates (departure %.3g, threshold %.3g, most at the layer %s): statistics = %s come " +
				"from the controls " +
				"alone and may not hold for them; compare with statistics = %s, and look at the images",
			plate, departure.total(), departure.threshold().getAsDouble(), departure.furthest(),
			options.statistics().label(), StatisticsOrigin.JOINT.label());
	}

	private static void add(final double[] p, final double[] sum) {
		for (int i = 0; i < p.length; i++) sum[i] += p[i];
	}

	private List<Prediction> fields(final String plate, final FieldImages queries, final double[][] sums,
		final int[] tiles, final List<String> warnings)
	{
		final List<Prediction> fields = new ArrayList<>();
		for (int f = 0; f < sums.length; f++) {
			final FieldImages.Position at = queries.fields().get(f);
			if (tiles[f] == 0)
				warnings.add(
					"Field " + plate + " " + at.well() + " site " + at.site() + " has no tiles, so it isn't predicted");
			else
				fields.add(prediction(at.well(), at.site(), tiles[f], sums[f], tiles[f] * models.size()));
		}
		return fields;
	}

	private List<Prediction> wells(final List<Prediction> fields) {
		final Map<String, List<Prediction>> byWell = new LinkedHashMap<>();
		for (final Prediction field : fields) byWell.computeIfAbsent(field.well(), w -> new ArrayList<>()).add(field);
		final List<Prediction> wells = new ArrayList<>();
		byWell.forEach((well, parts) -> {
			final double[] sum = new double[parts.get(0).probabilities().length];
			for (final Prediction part : parts) add(part.probabilities(), sum);
			wells.add(prediction(well, "", parts.size(), sum, parts.size()));
		});
		return wells;
	}

	private Prediction prediction(final String well, final String site, final int parts, final double[] sum,
		final int divisor)
	{
		final double[] p = new double[sum.length];
		for (int i = 0; i < p.length; i++) p[i] = sum[i] / divisor;
		return new Prediction(well, site, parts, p, models.get(0).card().classes().get(Probabilities.best(p)),
			Probabilities.entropy(p));
	}
}
