// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import javax.swing.SwingUtilities;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.ScreenPredictionReport;
import io.github.isophene.adaptation.ScreenPredictor;
import io.github.isophene.adaptation.TileClasses;
import io.github.isophene.adaptation.calibration.CalibrationOptions;
import io.github.isophene.adaptation.calibration.CalibrationReport;
import io.github.isophene.adaptation.calibration.ScreenCalibrator;
import io.github.isophene.assessment.Assessment;
import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.assessment.AssessmentRun;
import io.github.isophene.comparison.Comparison;
import io.github.isophene.comparison.ComparisonOptions;
import io.github.isophene.comparison.ComparisonReport;
import io.github.isophene.comparison.SourceOptions;
import io.github.isophene.correction.Clusters;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.correction.CorrectionRun;
import io.github.isophene.correction.Corrections;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.demo.virtual.VirtualPlateOptions;
import io.github.isophene.demo.virtual.VirtualPlates;
import io.github.isophene.embedding.AdaptedTileNetworks;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.embedding.ImageEmbedder;
import io.github.isophene.embedding.ImagePlanes;
import io.github.isophene.embedding.ImageProfiles;
import io.github.isophene.embedding.PlateNetworks;
import io.github.isophene.embedding.ScreenEmbedder;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.EngineState;
import io.github.isophene.engine.Engines;
import io.github.isophene.export.ExportOptions;
import io.github.isophene.export.ExportReport;
import io.github.isophene.export.OmeZarrExport;
import io.github.isophene.feedback.RunFeedback;
import io.github.isophene.files.RunLock;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.finetuning.FineTuneReport;
import io.github.isophene.finetuning.ModelTraining;
import io.github.isophene.metrics.Metrics;
import io.github.isophene.network.CodeConsent;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.ModelSource;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.imports.ImportOptions;
import io.github.isophene.network.imports.ModelImport;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.run.RunOutline;
import io.github.isophene.screen.Platemap;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.format.ImageFiles;
import io.github.isophene.setup.GpuLibrarySetup;
import io.github.isophene.setup.GpuSetupOptions;
import io.github.isophene.storage.RemoteConsent;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.objective.PerturbationPreview;
import io.github.isophene.training.objective.PreviewOptions;
import io.github.isophene.training.objective.PreviewRun;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.app.StatusService;
import org.scijava.event.EventHandler;
import org.scijava.log.LogService;
import org.scijava.module.event.ModuleErroredEvent;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.ui.DialogPrompt;
import org.scijava.ui.UIService;

/** Joins the rooms to SciJava: plug-ins, tasks, log. */
@Plugin(type = Service.class)
public class DefaultIsopheneService extends AbstractService implements IsopheneService {

	/** Seconds that the end of the application waits for a task's current step. */
	public static final int SECONDS_TO_STOP = 20;

	@Parameter
	private PluginService plugins;

	@Parameter
	private TaskService tasks;

	@Parameter
	private LogService log;

	@Parameter
	private StatusService status;

	private final RunningTasks running = new RunningTasks();

	@Override
	public Screen makeDemoScreen(final Path folder, final DemoOptions options) throws IOException {
		return inResumableTask("Make Demo Screen", true,
			progress -> DemoScreen.write(folder, options, progress).screen());
	}

	@Override
	public Screen makeVirtualPlates(final Screen source, final Path folder, final VirtualPlateOptions options)
		throws IOException
	{
		return inResumableTask("Make Virtual Plates", true, progress -> {
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				return VirtualPlates.write(source, folder, options, readers, progress).screen();
			}
		});
	}

	@Override
	public Screen openScreen(final String source, final String format, final String pattern, final Path platemap)
		throws IOException
	{
		return openScreen(source, format, ScreenOptions.none().withPattern(pattern).withWarnings(log::warn), platemap);
	}

	@Override
	public Screen openScreen(final String source, final String format, final ScreenOptions options, final Path platemap)
		throws IOException
	{
		// Dialogs open tables, too, on Swing's thread, and show what they find themselves.
		if (!isVisible() || SwingUtilities.isEventDispatchThread()) return open(source, format, options, platemap);
		return inTask("Open Screen", false, true, false, progress -> {
			progress.report("Listing the images of " + source);
			return open(source, format, options, platemap);
		});
	}

	private Screen open(final String source, final String format, final ScreenOptions options, final Path platemap)
		throws IOException
	{
		final ScreenFormats formats = new ScreenFormats(plugins.createInstancesOfType(ScreenFormat.class));
		final Screen screen = formats.open(source, format, options);
		ImageFiles.furtherPages(screen).ifPresent(options.warnings());
		return platemap == null ? screen : Platemap.read(platemap).join(screen, log::warn);
	}

	@Override
	public void writeScreen(final Screen screen, final Path table) throws IOException {
		ScreenTable.write(screen, table);
		// Whoever opened the screen has agreed to read from there.
		RemoteConsent.grant(table, ScreenFormats.hosts(screen));
	}

	@Override
	public ExportReport exportScreen(final Screen screen, final ExportOptions options) throws IOException {
		final ExportReport report;
		report = inResumableTask("Export Screen", true, progress -> {
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				return new OmeZarrExport(readers).run(screen, options, progress);
			}
		});
		if (report.failed() > 0) log.warn(report.message());
		else log.info(report.message());
		return report;
	}

	@Override
	public Model openModel(final String nameOrFile) throws IOException {
		return Model.load(nameOrFile);
	}

	@Override
	public EmbeddingReport embedScreen(final Screen screen, final EmbeddingOptions options) throws IOException {
		return embed(screen, options, progress -> {
			progress.report("Starting the tensor engine and loading the model");
			return TileNetwork.open(options.model(), options.device(), options.precision());
		}, true);
	}

	@Override
	public EmbeddingReport embedScreen(final Screen screen, final TileNetwork network, final EmbeddingOptions options)
		throws IOException
	{
		return embed(screen, options, progress -> network, false);
	}

	/** @param own whether the network is closed at the end */
	private EmbeddingReport embed(final Screen screen, final EmbeddingOptions options,
		final RunningTasks.Work<TileNetwork> opener, final boolean own) throws IOException
	{
		Illumination.unused(screen, options.illumination()).ifPresent(log::warn);
		final EmbeddingReport report = inResumableTask("Embed Screen", true, progress -> {
			final TileNetwork network = opener.in(progress);
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				progress.report("Reading the first images");
				return new ScreenEmbedder(readers).embed(screen, network, plateNetworks(screen, network, options,
					progress::warn), options, progress);
			}
			finally {
				if (own) network.close();
			}
		});
		if (report.failed() > 0) log.warn(report.message());
		else log.info(report.message());
		return report;
	}

	@Override
	public RunOutline outlineEmbedding(final Screen screen, final TileNetwork network, final EmbeddingOptions options)
		throws IOException
	{
		try (FieldReaders readers = FieldReaders.of(plugins)) {
			return new ScreenEmbedder(readers).outline(screen, network,
				plateNetworks(screen, network, options, log::warn), options);
		}
	}

	private PlateNetworks plateNetworks(final Screen screen, final TileNetwork network,
		final EmbeddingOptions options, final Consumer<String> warnings)
	{
		final StatisticsOrigin origin = AdaptedTileNetworks.origin(network, screen, options, warnings);
		return origin == StatisticsOrigin.TRAINING || options.features() == FeatureSet.STATISTICS ? null
			: new AdaptedTileNetworks(network, screen, options, origin, warnings);
	}

	@Override
	public FineTuneReport fineTune(final Screen screen, final FineTuneOptions options) throws IOException {
		Illumination.unused(screen, options.data().illumination()).ifPresent(log::warn);
		final FineTuneReport report;
		// Not interrupted by the button: the checkpoint must be written.
		report = inResumableTask("Fine-tune Model", false, progress -> {
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				return new ModelTraining(readers, Objectives.all(plugins), isVisible()).run(screen, options, progress);
			}
		});
		final TrainingResult.Ending ending = report.result().ending();
		if (ending == TrainingResult.Ending.DIVERGED || ending == TrainingResult.Ending.COLLAPSED)
			log.warn(report.message());
		else
			log.info(report.message());
		return report;
	}

	@Override
	public ScreenPredictionReport predictScreen(final Screen screen, final ScreenPredictionOptions options,
		final ModelSource models) throws IOException
	{
		Illumination.unused(screen, options.illumination()).ifPresent(log::warn);
		final ScreenPredictionReport report;
		report = inResumableTask("Adapt and Predict", true, progress -> {
			progress.report("Starting the tensor engine and loading the model");
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				return new ScreenPredictor(readers, models).predict(screen, options, progress);
			}
		});
		if (report.failed() > 0) log.warn(report.message());
		else log.info(report.message());
		return report;
	}

	@Override
	public RunOutline outlinePrediction(final Screen screen, final ScreenPredictionOptions options,
		final ModelSource models) throws IOException
	{
		try (FieldReaders readers = FieldReaders.of(plugins)) {
			return new ScreenPredictor(readers, models).outline(screen, options);
		}
	}

	@Override
	public ComparisonReport compareAdaptations(final Screen screen, final SourceOptions source,
		final ComparisonOptions options) throws IOException
	{
		Illumination.unused(screen, source.illumination()).ifPresent(log::warn);
		final Comparison comparison = new Comparison(Objectives.all(plugins));
		final ComparisonReport report;
		// Not interrupted by the button, as in training: the checkpoint must be written.
		report = inResumableTask("Compare Adaptations", false, progress -> {
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				return comparison.run(screen, readers, source, options, progress);
			}
		});
		log.info(report.message());
		return report;
	}

	@Override
	public ProfileTable embedImage(final RandomAccessibleInterval<?> image, final String model, final int tile,
		final String device, final FeatureSet features) throws IOException
	{
		try (ImageEmbedder embedder = new ImageEmbedder(TileNetwork.open(model, device), features)) {
			return embedder.embed(image, tile);
		}
	}

	@Override
	public PerturbationPreview previewPerturbation(final RandomAccessibleInterval<?> image, final List<String> channels,
		final PreviewOptions options) throws IOException
	{
		final PerturbationPreview preview = inTask("Preview Perturbation",
			progress -> PreviewRun.of(image, channels, Objectives.all(plugins), options, progress));
		log.info(preview.message());
		return preview;
	}

	@Override
	public ImageProfiles embedPlanes(final ImagePlanes planes, final String model, final int tile, final String device,
		final FeatureSet features) throws IOException
	{
		return inTask("Embed Image", progress -> {
			progress.report("Starting the tensor engine and loading the model");
			try (ImageEmbedder embedder = new ImageEmbedder(TileNetwork.open(model, device), features)) {
				return embedder.embed(planes, tile, progress);
			}
		});
	}

	@Override
	public ProfileTable classifyTiles(final ProfileTable tiles, final Model model) {
		return TileClasses.of(tiles, model);
	}

	@Override
	public int[] clusters(final ProfileTable tiles, final int clusters, final long seed) {
		return Clusters.of(tiles, clusters, seed);
	}

	@Override
	public CalibrationReport calibrateModel(final Screen screen, final CalibrationOptions options) throws IOException {
		final CalibrationReport report;
		try (FieldReaders readers = FieldReaders.of(plugins)) {
			report = inTask("Calibrate Model",
				progress -> new ScreenCalibrator(readers).calibrate(screen, options, progress));
		}
		log.info(report.message());
		return report;
	}

	@Override
	public ModelImport importModel(final Path weights, final ImportOptions options, final Path model)
		throws IOException
	{
		final ModelImport imported = ModelImport.read(weights, options);
		try (RunLock lock = RunLock.of(model)) {
			ModelFile.write(imported.model(), model);
		}
		return imported;
	}

	@Override
	public String correctProfiles(final CorrectionOptions options) throws IOException {
		final CorrectionRun run = new CorrectionRun(corrections(), log::info);
		final String message = inTask("Correct Profiles", progress -> run.run(options, progress));
		log.info(message);
		return message;
	}

	@Override
	public CorrectionChain.Result correct(final ProfileTable profiles, final String method,
		final CorrectionContext context)
	{
		return corrections().parse(method).fit(profiles, context);
	}

	@Override
	public Assessment assessBatchEffects(final AssessmentOptions options) throws IOException {
		final AssessmentRun run = new AssessmentRun(Metrics.all(plugins), corrections());
		final Assessment assessment = inTask("Assess Batch Effects", progress -> run.run(options, progress));
		log.info(assessment.message());
		return assessment;
	}

	private Corrections corrections() {
		return new Corrections(plugins.createInstancesOfType(Correction.class));
	}

	@Override
	public String setUpGpu(final GpuSetupOptions options) throws IOException {
		return inTask("GPU Setup", progress -> new GpuLibrarySetup(progress).run(options));
	}

	@Override
	public EngineState engineStatus() {
		return Engines.status();
	}

	/** Whoever uses a TorchScript file is warned, and asked where there is a screen. */
	@Override
	public void initialize() {
		CodeConsent.use(log::warn, question -> !isVisible() || agrees(question));
		RemoteConsent.use(question -> isVisible() && agrees(question));
	}

	private boolean agrees(final String question) {
		final DialogPrompt.Result answer = context().getService(UIService.class)
			.showDialog(question, "Isophene", DialogPrompt.MessageType.WARNING_MESSAGE,
				DialogPrompt.OptionType.YES_NO_OPTION);
		// ImageJ 1's dialog has OK and Cancel for them.
		return answer == DialogPrompt.Result.YES_OPTION || answer == DialogPrompt.Result.OK_OPTION;
	}

	/** Cancels the running tasks and waits until they have ended; what they have finished is kept for the next run. */
	public void stopTasks() {
		running.stop(SECONDS_TO_STOP);
	}

	@Override
	public void dispose() {
		stopTasks();
		CodeConsent.reset();
		RemoteConsent.reset();
	}

	/** Runs work as a task that Fiji shows and can cancel; the task ends however the work does. */
	private <T> T inTask(final String name, final RunningTasks.Work<T> work) throws IOException {
		return inTask(name, true, true, false, work);
	}

	/** As {@link #inTask}, for work whose finished parts stay when it is canceled. */
	private <T> T inResumableTask(final String name, final boolean interrupt, final RunningTasks.Work<T> work)
		throws IOException
	{
		return inTask(name, true, interrupt, true, work);
	}

	private <T> T inTask(final String name, final boolean waits, final boolean interrupt, final boolean keeps,
		final RunningTasks.Work<T> work) throws IOException
	{
		final Task task = tasks.createTask(name);
		task.start();
		// A dialog that looks at a file on Swing's own thread can show no progress of it.
		final boolean shown = isVisible() && !SwingUtilities.isEventDispatchThread();
		try (RunFeedback feedback = shown ? RunFeedback.of(task, status) : null) {
			return running.run(new TaskProgress(task, log), waits, interrupt, keeps, work);
		}
		finally {
			task.finish();
		}
	}

	/** Returns whether there is a screen with a user before it. */
	private boolean isVisible() {
		final UIService ui = context().getService(UIService.class);
		return ui != null && ui.isVisible() && !ui.isHeadless();
	}

	/**
	 * A command of ours that ends for a reason the user can mend tells that reason in a
	 * dialog, where there is a screen, without the stack of calls that SciJava would print.
	 * The exception itself goes on to whoever ran the command.
	 */
	@EventHandler
	private void onEvent(final ModuleErroredEvent event) {
		final String command = event.getModule().getInfo().getDelegateClassName();
		if (!command.startsWith("io.github.isophene.") || !UserErrors.isExpected(event.getException())) return;
		event.consume();
		if (UserErrors.isCancellation(event.getException())) return;
		final String message = UserErrors.message(event.getException());
		final String title = event.getModule().getInfo().getTitle();
		if (isVisible()) {
			context().getService(UIService.class)
				.showDialog(UserErrors.lines(message), title, DialogPrompt.MessageType.ERROR_MESSAGE);
		}
		log.debug(event.getException());
	}
}
