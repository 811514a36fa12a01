// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.Head;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.EpisodeLoader;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.Step;
import io.github.isophene.training.Targets;
import io.github.isophene.training.TrainedPart;
import io.github.isophene.training.TrainingContext;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;
import net.imglib2.RandomAccessibleInterval;

/**
 * Makes a {@link PerturbationPreview}: does to one image what a training would, with the same
 * settings, except that units which are spreads between plates are spreads between the
 * tiles of the image.
 */
public final class PreviewRun {

	/** Classes of the network that stands where there is no model; it is never asked for one. */
	private static final List<String> NONE = List.of("", " ");

	private final PerturbedObjective objective;
	private final PerturbedObjective twin;
	private final Model model;
	private final PreviewOptions options;
	private final PreviewTiles tiles;

	private PreviewRun(final Objective chosen, final Model model, final PreviewOptions options,
		final PreviewTiles tiles)
	{
		this.model = model;
		this.options = options;
		this.tiles = tiles;
		if (!(chosen instanceof PerturbedObjective))
			throw new IllegalArgumentException("The objective " + chosen.name() +
				" perturbs nothing that could be shown: choose abra-input, abra or abra+cs-arm-bn");
		final Map<String, String> settings = new HashMap<>(options.settings());
		// The model's last layer is what it is, whatever the objective would train.
		if (model != null) {
			final Head head = model.card().architecture().head();
			settings.put(ClassLoss.HEAD, head.cosine() ? "cosine" : "linear");
			if (head.cosine()) settings.put(ClassLoss.SCALE, String.valueOf(head.scale()));
		}
		objective = (PerturbedObjective) chosen.configured(settings);
		settings.put("ascent", "false");
		twin = (PerturbedObjective) chosen.configured(settings);
	}

	/**
	 * Perturbs an image.
	 *
	 * @param image [X, Y] or [X, Y, C], any real type
	 * @param channels names of its channels; empty: numbers
	 * @param objectives to choose from
	 * @param progress receives a line on the units
	 * @throws IOException if the model can't be read
	 * @throws IllegalArgumentException if image, model, label and settings don't fit each other
	 */
	public static PerturbationPreview of(final RandomAccessibleInterval<?> image, final List<String> channels,
		final Collection<Objective> objectives, final PreviewOptions options, final Progress progress)
		throws IOException
	{
		final boolean without = options.model().isEmpty() || options.model().equalsIgnoreCase("none");
		final Model model = without ? null : Model.load(options.model());
		if (model != null) check(model, image);
		final ModelCard card = model == null ? null : model.card();
		final PreviewTiles tiles = new PreviewTiles(image,
			card == null ? Downscale.NONE : Downscale.parse(card.downscale()),
			card == null ? Intensity.parse("clip8") : Intensity.forModel("", card.intensity()),
			options.tile() > 0 || card == null ? options.tile() : card.tileSize());
		return new PreviewRun(Objectives.of(objectives, options.objective()), model, options, tiles)
			.run(channels, progress);
	}

	private static void check(final Model model, final RandomAccessibleInterval<?> image) {
		if (model.card().anyChannels() || model.card().classes().size() < 2) {
			throw new IllegalArgumentException(
				"The model '" + model.card().name() + "' has no classes, so there is no loss to " +
					"be raised: give a model that Fine-tune Model has written, or none for random perturbations");
		}
		model.checkChannels(image.numDimensions() > 2 ? (int) image.dimension(2) : 1);
	}

	private PerturbationPreview run(final List<String> channels, final Progress progress) throws IOException {
		final Layer site = objective.options().sites().get(0);
		if (model == null && site != Layer.INPUT)
			throw new IllegalArgumentException(
				"What is perturbed is inside a network (" + site.label() + "): give a model");
		if (!objective.options().camera() && tiles.count() < 2)
			throw new IllegalArgumentException("The unit of feature " +
				"statistics is how much they differ between tiles, but the image has a single tile of " + tiles.size() +
				" pixels: choose a smaller tile");
		final List<String> classes = model == null ? NONE : model.card().classes();
		final Architecture architecture = model == null
			? new Architecture(Architecture.NetworkDepth.RESNET18, false, tiles.channels(), 4, NONE.size())
			: model.card().architecture();
		final StateDict weights = model == null ? Initialization.random(architecture, 1) : model.weights();
		try (NDManager manager = Engines.newManager(options.device());
			Parameters parameters = new Parameters(manager, architecture, weights))
		{
			final ResNet network = new ResNet(architecture, parameters);
			final int label = label(manager, network, classes);
			final TrainingData data = data(label, classes);
			final int[] all = IntStream.range(0, tiles.count()).toArray();
			final PerturbedObjective measured = (PerturbedObjective) objective.prepared(data, all, message -> {
				progress.info(message);
				progress.report(message);
			});
			final List<PerturbedStep.Shown> shown = new ArrayList<>();
			final List<PerturbationPreview.State> states = new ArrayList<>();
			int width = 0;
			int height = 0;
			for (final String name : model == null ? List.of("as it is", "random")
				: List.of("as it is", "random", "worst case"))
			{
				final boolean random = name.equals("random");
				final PerturbedObjective one = random ? twin.create(twin.settings(), measured.camera()) : measured;
				try (NDManager step = manager.newSubManager();
					GradientCollector recording = manager.getEngine().newGradientCollector())
				{
					final PerturbedStep.Shown s = one.show(new Step(
						new TrainingContext(network, TrainedPart.WHOLE, Map.of(), data, new Targets(data, null), 0),
						new Episode(all, new int[0]), images(step, data),
						RandomStream.of(options.seed(), "preview"), 1), !states.isEmpty());
					final long[] shape = s.site().getShape().getShape();
					width = (int) shape[3] * tiles.columns();
					height = (int) shape[2] * (tiles.count() / tiles.columns());
					states.add(
						new PerturbationPreview.State(name, planes(s.site()), model == null ? Double.NaN : s.loss(),
							model == null ? Double.NaN : probability(s.logits(), label)));
					shown.add(s);
				}
			}
			final List<String> names = site == Layer.INPUT ? channels(channels)
				: IntStream.rangeClosed(1, states.get(0).pixels().length).mapToObj(i -> "feature " + i).toList();
			return new PerturbationPreview(model == null ? "" : model.card().name(),
				objective.options().sites().stream().map(Layer::label).toList(), names, width, height,
				states, effects(measured, names, shown.get(1), shown.size() > 2 ? shown.get(2) : null),
				model == null ? "" : classes.get(label));
		}
	}

	/** The index of the class whose loss is raised. */
	private int label(final NDManager manager, final ResNet network, final List<String> classes) throws IOException {
		if (model == null) return 0;
		if (!options.label().isEmpty()) {
			final int index = classes.indexOf(options.label());
			if (index < 0)
				throw new IllegalArgumentException("The model '" + model.card().name() + "' has no class '" +
					options.label() + "': use one of " + String.join(", ", classes));
			return index;
		}
		try (NDManager step = manager.newSubManager()) {
			final NDArray logits = network
				.logits(network.embed(images(step, data(0, classes)), Normalization.running()));
			return (int) logits.softmax(1).sum(new int[]{0}).argMax().getLong();
		}
	}

	private TrainingData data(final int label, final List<String> classes) {
		return new TrainingData(Collections.nCopies(tiles.count(), new Sample("image", "image", label, false)), classes,
			tiles);
	}

	private NDArray images(final NDManager step, final TrainingData data) throws IOException {
		final EpisodeLoader loader = new EpisodeLoader(data.tiles());
		loader.start(new Episode(IntStream.range(0, tiles.count()).toArray(), new int[0]), place -> null);
		return loader.take(step);
	}

	private static double probability(final NDArray logits, final int label) {
		return logits.softmax(1).get(":, " + label).mean().getFloat();
	}

	/** [N, C, H, W] to the mosaic of the tiles, plane by plane. */
	private float[][] planes(final NDArray site) {
		final long[] shape = site.getShape().getShape();
		final int channels = (int) shape[1];
		final int h = (int) shape[2];
		final int w = (int) shape[3];
		final float[] values = site.toFloatArray();
		final float[][] planes = new float[channels][tiles.count() * h * w];
		final int width = w * tiles.columns();
		for (int row = 0; row < values.length / w; row++) {
			final int y = row % h;
			final int tile = row / h / channels;
			System.arraycopy(values, row * w, planes[row / h % channels],
				(tile / tiles.columns() * h + y) * width + tile % tiles.columns() * w, w);
		}
		return planes;
	}

	private List<String> channels(final List<String> names) {
		final List<String> known = model != null && names.isEmpty() ? model.card().channels() : names;
		if (known.size() == tiles.channels()) return known;
		return IntStream.rangeClosed(1, tiles.channels()).mapToObj(i -> "channel " + i).toList();
	}

	private static List<PerturbationPreview.EffectSize> effects(final PerturbedObjective objective,
		final List<String> planes, final PerturbedStep.Shown random, final PerturbedStep.Shown worst)
	{
		final int c = planes.size();
		final CameraPerturbation camera = objective.camera();
		final int n = camera == null ? 2 * c : camera.coordinates(c);
		final int groups = Arrays.stream(random.groups()).max().orElseThrow() + 1;
		final int stride = random.coordinates().length / groups;
		final List<PerturbationPreview.EffectSize> effects = new ArrayList<>();
		for (int g = 0; g < groups; g++) {
			for (int i = 0; i < n; i++) {
				final int at = g * stride + i;
				final float r = random.coordinates()[at];
				final float w = worst == null ? Float.NaN : worst.coordinates()[at];
				final int tile = groups == 1 ? 0 : g + 1;
				if (camera == null) {
					effects.add(new PerturbationPreview.EffectSize(tile, planes.get(i % c),
						i < c ? "mean (units)" : "sd (units)", r, w));
				}
				else {
					final CameraPerturbation.Effect effect = CameraPerturbation.Effect.values()[i / c];
					final int channel = effect == CameraPerturbation.Effect.BLEED ? i % c + 1 : i % c;
					final float scale = camera.scale(effect, channel);
					effects.add(new PerturbationPreview.EffectSize(tile, planes.get(channel), text(effect),
						size(effect, r * scale), size(effect, w * scale)));
				}
			}
		}
		return effects;
	}

	private static double size(final CameraPerturbation.Effect effect, final double value) {
		return effect == CameraPerturbation.Effect.GAIN ? Math.exp(value) : value;
	}

	private static String text(final CameraPerturbation.Effect effect) {
		return effect.name().toLowerCase(Locale.ROOT) + switch (effect) {
			case GAIN -> " (factor)";
			case OFFSET -> " (input units)";
			case BLUR -> " (part blurred; below 0: sharpened)";
			case VIGNETTING -> " (part lost in the corners)";
			case BLEED -> " (part of the channel before)";
		};
	}
}
