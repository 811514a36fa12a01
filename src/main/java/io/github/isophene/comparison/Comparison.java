// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.FileSet;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.RunLock;
import io.github.isophene.files.Sha256;
import io.github.isophene.network.Model;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.data.Sample;

/**
 * Runs a comparison: for each seed an outer split, a training per objective, and every
 * method on the same trials.
 * <p>
 * Into the folder go {@code results.csv}, {@code summary.csv}, {@code summary.md},
 * {@code control-wells.png} and {@code label-shift.png}; in {@code models} the trained
 * models with their logs, in {@code parts} the results of each. A run that was killed or
 * canceled goes on where it was; the same data and options give the same files.
 * </p>
 */
public final class Comparison {

	/** Message of a canceled comparison. */
	static final Supplier<String> CANCELED = () -> //
	"The comparison was stopped; what is done is kept: run it again to go on";

	private static final String PARTS = "parts";
	private static final String MODELS = "models";

	private final Collection<Objective> objectives;

	/** @param objectives those there are; methods ask for them by name */
	public Comparison(final Collection<Objective> objectives) {
		this.objectives = List.copyOf(objectives);
	}

	/**
	 * Compares.
	 *
	 * @param source gives the data of a seed's split, as input may be scaled by its training images
	 * @param progress of trainings and evaluations
	 * @throws IOException if an image can't be read, a file can't be written, or a training diverges
	 * @throws IllegalArgumentException if the data can't be split as asked, or a plate has no controls
	 * @throws java.util.concurrent.CancellationException if canceled; what is done stays
	 */
	public ComparisonReport run(final ComparisonSource source, final ComparisonOptions options, final Progress progress)
		throws IOException
	{
		options.require();
		requireObjectives(options.methods(), objectives);
		try (RunLock lock = lock(options)) {
			return locked(source, options, null, progress);
		}
	}

	/**
	 * Compares on a screen.
	 *
	 * @param readers how its fields are read
	 * @param from what to take from it
	 * @param progress of trainings and evaluations
	 * @throws IOException as {@link #run(ComparisonSource, ComparisonOptions, Progress)}
	 * @throws IllegalArgumentException likewise, and if a column isn't there
	 */
	public ComparisonReport run(final Screen screen, final FieldReaders readers, final SourceOptions from,
		final ComparisonOptions options, final Progress progress) throws IOException
	{
		progress.report("Reading images");
		options.require();
		try (RunLock lock = lock(options);
			ScreenSource source = new ScreenSource(screen, readers, from, options.folder(),
				progress.part("", 0, 0, 1)))
		{
			return locked(source, options, () -> ComparisonEstimate.of(screen, from, options, objectives), progress);
		}
	}

	/** Before images are decoded into the folder: what a killed run has left there goes. */
	private static RunLock lock(final ComparisonOptions options) throws IOException {
		final RunLock lock = RunLock.ofFolder(options.folder());
		AtomicFile.deleteTemporaries(options.folder().toAbsolutePath());
		FolderDeletion.deleteTemporaries(options.folder().resolve(MODELS));
		FolderDeletion.deleteTemporaries(options.folder().resolve(PARTS));
		return lock;
	}

	/**
	 * Checks that there are the objectives of all methods.
	 *
	 * @throws IllegalArgumentException naming the method, and the objectives there are
	 */
	public static void requireObjectives(final Collection<Method> methods, final Collection<Objective> objectives) {
		for (final Method method : methods) {
			if (method.frozen()) continue;
			try {
				Objectives.of(objectives, method.weights().orElseThrow().objective());
			}
			catch (final IllegalArgumentException exc) {
				throw new IllegalArgumentException("methods = " + method.label() + ": " + exc.getMessage(), exc);
			}
		}
	}

	/** @param estimate counts the whole work; {@code null} if that can't be counted */
	private ComparisonReport locked(final ComparisonSource source, final ComparisonOptions options,
		final Supplier<ComparisonEstimate> estimate, final Progress progress) throws IOException
	{
		final List<Method> baselines = options.methods().stream().filter(Method::frozen).toList();
		final Set<TrainedWeights> names = new TreeSet<>(Comparator.comparing(TrainedWeights::label));
		for (final Method method : options.methods()) method.weights().ifPresent(names::add);
		final Set<ProfileOrigin> encoders = new TreeSet<>();
		for (final Method method : baselines) {
			final ProfileOrigin origin = ((ProfileMethod) method).origin();
			if (!origin.perSplit()) encoders.add(origin);
		}
		final long[] seeds = LongStream.range(options.seed(), options.seed() + options.seeds()).toArray();
		for (final long seed : seeds) source.requireApart(OuterSplit.of(source.samples(), options, seed));
		// A training, the evaluation of a method, and the profiles of a frozen encoder are a unit each.
		final int units = options.seeds() * (names.size() * options.trainingsEach() + options.methods().size()) +
			encoders.size();
		if (options.searches() && !names.isEmpty())
			for (final long seed : seeds)
				RateSearch.require(source.samples(), OuterSplit.of(source.samples(), options, seed), options, seed);
		int done = 0;
		final Map<ProfileOrigin, FrozenProfiles> frozen = new TreeMap<>();
		for (final ProfileOrigin origin : encoders) {
			frozen.put(origin, origin.read(source, null, options,
				progress.part("Frozen encoder: ", done, done + 1, units)));
			done++;
		}
		final List<ImagePrediction> images = new ArrayList<>();
		final MethodCosts costs = new MethodCosts();
		final RateTable rates = new RateTable(options);
		final List<ResultRow> rows = new ArrayList<>();
		int trained = 0;
		int reused = 0;
		for (final long seed : seeds) {
			final OuterSplit split = OuterSplit.of(source.samples(), options, seed);
			final ComparisonData data = source.data(split);
			ComparisonCheck.plates(data, split);
			final List<Trial> trials = Trials.of(data, split, options, seed);
			ComparisonCheck.trials(trials, options.methods(), data.images().tiles().size());
			fewWells(data, split, options, progress);
			final TrainedModels models = new TrainedModels(data, options, options.folder().resolve(MODELS));
			final RateSearch search = options.searches() && !names.isEmpty()
				? new RateSearch(data, options, models, split, seed) : null;
			Files.createDirectories(options.folder().resolve(MODELS));
			final Set<TrainedWeights> missing = new LinkedHashSet<>();
			for (final TrainedWeights w : names) {
				final Objective objective = Objectives.of(objectives, w.objective());
				final Optional<Double> rate = search == null ? Optional.of(options.rates().get(0))
					: search.known(w, objective).map(RateChoice::rate);
				if (rate.isEmpty() || !models.has(w, objective, split, seed, rate.get())) missing.add(w);
			}
			if (!missing.isEmpty()) {
				if (trained == 0) source.requireImages();
				ComparisonCheck.controls(data, split);
				if (trained == 0 && estimate != null)
					progress.info("The whole comparison: " +
						estimate.get().sentence(options, data.images().tiles().size()));
			}
			for (final TrainedWeights weights : names) {
				final Objective objective = Objectives.of(objectives, weights.objective());
				double rate = options.rates().get(0);
				if (search != null) {
					final RateChoice choice = chosen(search, options, weights, objective, seed, progress, done, units);
					done += options.rates().size();
					rates.add(choice);
					rate = choice.rate();
				}
				final Progress training = unit(progress, "Seed " + seed + ", training " + weights.label(), done++,
					units);
				final Model model = models.of(weights, objective, split, seed, rate, training);
				costs.add(weights, model);
				if (missing.contains(weights)) trained++;
				else reused++;
				for (final Method method : options.methods()) {
					if (!method.weights().equals(Optional.of(weights))) continue;
					final Progress testing = unit(progress, "Seed " + seed + ", testing " + method.title(), done++,
						units);
					final List<ResultRow> part = part(data, options, method,
						models.name(weights, objective, split, seed, rate),
						new MethodContext(data, options, split, seed, model, null), trials, testing, images);
					rows.addAll(part);
					progress.info(line(seed, method, part));
				}
			}
			frozen.keySet().removeIf(ProfileOrigin::perSplit);
			for (final Method method : baselines) {
				final Progress testing = unit(progress, "Seed " + seed + ", testing " + method.title(), done++, units);
				final ProfileMethod probed = (ProfileMethod) method;
				if (!frozen.containsKey(probed.origin()))
					frozen.put(probed.origin(), probed.origin().read(source, data, options, testing));
				final FrozenProfiles profiles = frozen.get(probed.origin());
				final List<ResultRow> part = part(data, options, method,
					String.join(" ", profiles.digest(), probed.correction(), Arrays.toString(split.training())),
					new MethodContext(data, options, split, seed, null, profiles), trials, testing, images);
				rows.addAll(part);
				progress.info(line(seed, method, part));
			}
		}
		rows.sort(Comparator.comparingLong(ResultRow::seed).thenComparing(ResultRow::method));
		images.sort(Comparator.comparingLong(ImagePrediction::seed).thenComparing(ImagePrediction::method));
		return write(options, preamble(source, options, frozen.values()), rows, images, costs, rates, trained, reused);
	}

	/** Tries every learning rate for one training; a unit each. */
	private static RateChoice chosen(final RateSearch search, final ComparisonOptions options,
		final TrainedWeights weights, final Objective objective, final long seed, final Progress progress,
		final int done, final int units) throws IOException
	{
		final List<RateChoice.RateScore> scores = new ArrayList<>();
		for (final double rate : options.rates()) {
			final Progress trying = unit(progress, "Seed " + seed + ", trying rate " + ComparisonOptions.plain(rate) +
				" for " + weights.label(), done + scores.size(), units);
			scores.add(search.of(weights, objective, rate, trying));
		}
		final RateChoice choice = search.choice(weights, scores);
		progress.info("Seed " + seed + ", " + weights.label() + ": learning rate " +
			ComparisonOptions.plain(choice.rate()) + " of " + options.describeRates() + ", chosen on " +
			choice.inner());
		return choice;
	}

	private static Progress unit(final Progress whole, final String name, final int done, final int units) {
		whole.check(CANCELED);
		final Progress unit = whole.part(name + ": ", done, done + 1, units);
		unit.at("begins", 0);
		return unit;
	}

	/**
	 * The results of a method, from their file or computed now.
	 *
	 * @param name says in full of which weights and sizes they are
	 */
	private static List<ResultRow> part(final ComparisonData data, final ComparisonOptions options, final Method method,
		final String name, final MethodContext context, final List<Trial> trials, final Progress progress,
		final List<ImagePrediction> images) throws IOException
	{
		final long seed = context.seed();
		final StringBuilder all = new StringBuilder(name).append(options.queries())
			.append(' ')
			.append(options.controls());
		for (final Trial t : trials)
			all.append('\n')
				.append(t.condition().label())
				.append(' ')
				.append(t.plate())
				.append(' ')
				.append(Arrays.hashCode(t.queries()))
				.append(' ')
				.append(Arrays.hashCode(t.controls()));
		final Path file = options.folder()
			.resolve(PARTS)
			.resolve("seed" + seed + "-" + method.fileName() + "-" +
				Sha256.of(all.toString()).substring(0, 12) + ".csv");
		final Path ofImages = file.resolveSibling(file.getFileName().toString().replace(".csv", "-images.csv"));
		if (Files.exists(file) && Files.exists(ofImages)) {
			images.addAll(ImagePredictions.read(ofImages, data, seed, method));
			return ResultFile.read(file, seed, method, trials);
		}
		final Evaluation evaluation = new Evaluation(data, method, method.predictor(context), seed);
		final List<ResultRow> rows = evaluation.run(trials, progress);
		new FileSet().with(file, ResultFile.text(rows))
			.with(ofImages, ImagePredictions.text(evaluation.images()))
			.write();
		images.addAll(evaluation.images());
		return rows;
	}

	/** Says which numbers of wells are left out, as a plate has fewer. */
	private static void fewWells(final ComparisonData data, final OuterSplit split, final ComparisonOptions options,
		final Progress progress)
	{
		final int least = split.heldOut().stream().mapToInt(p -> data.controlWells(p).size()).min().orElse(0);
		final List<Integer> many = options.controlWells().stream().filter(w -> w > least).toList();
		if (!many.isEmpty())
			progress.info("Not every held-out plate has as many control wells as " + many +
				": those that have fewer (the fewest: " + least + ") aren't tested with so many");
	}

	private static String line(final long seed, final Method method, final List<ResultRow> part) {
		final Summary s = Summary.of(part);
		final StringJoiner text = new StringJoiner(", ", "Seed " + seed + ", " + method.title() + ": ", "");
		// No plate is tested in domain where a batch has one plate.
		s.mean(method, Condition.IN_DOMAIN).ifPresent(m -> text.add(String.format(Locale.ROOT, "in domain %.3f", m)));
		s.mean(method, Condition.HELD_OUT).ifPresent(m -> text.add(String.format(Locale.ROOT, "new batches %.3f", m)));
		return text.toString();
	}

	/** Sentences above the tables. */
	private static List<String> preamble(final ComparisonSource source, final ComparisonOptions options,
		final Collection<FrozenProfiles> frozen)
	{
		final List<String> sentences = new ArrayList<>(List.of(options.describe()));
		final long classes = source.samples().stream().filter(Sample::labeled).map(Sample::label).distinct().count();
		Trials.sampling((int) classes, options).ifPresent(sentences::add);
		for (final FrozenProfiles profiles : frozen) sentences.add(profiles.describe());
		return sentences;
	}

	private static ComparisonReport write(final ComparisonOptions options, final List<String> preamble,
		final List<ResultRow> rows, final List<ImagePrediction> images, final MethodCosts costs, final RateTable rates,
		final int trained, final int reused) throws IOException
	{
		final Path folder = options.folder();
		final Summary summary = Summary.of(rows);
		final Path results = folder.resolve("results.csv");
		final Path summaryFile = folder.resolve("summary.csv");
		final Path markdown = folder.resolve("summary.md");
		final Path predictions = folder.resolve("predictions.parquet");
		ComparisonFigures.write(summary, folder);
		ImagePredictions.write(images, predictions);
		FileSet files = new FileSet();
		final Path choices = folder.resolve("learning-rates.csv");
		if (options.searches()) files = files.with(choices, rates.csv());
		else Files.deleteIfExists(choices); // of an earlier run in this folder
		files.with(results, rates.with(rows))
			.with(summaryFile, summary.csv())
			.with(folder.resolve("confusion.csv"), ConfusionMatrices.csv(images))
			.with(markdown, MarkdownReport.of(summary, preamble) + costs.markdown(summary.methods(), options) +
				rates.markdown() + Differences.markdown(rows))
			.write();
		return new ComparisonReport(results, summaryFile, markdown, rows, summary, trained, reused);
	}
}
