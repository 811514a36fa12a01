// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import ij.IJ;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import io.github.isophene.IsopheneService;
import io.github.isophene.UserErrors;
import io.github.isophene.feedback.CanceledWindow;
import io.github.isophene.files.DiskRoot;
import io.github.isophene.files.OutputFolder;
import io.github.isophene.files.ProcessFolder;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensities;
import io.github.isophene.run.ProfileParts;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.storage.Storages;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.viewer.ResultsWindow;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginService;
import org.scijava.ui.DialogPrompt;
import org.scijava.ui.UIService;
import org.scijava.util.ClassUtils;

/**
 * Base of all commands of the menu: the service, and that bad input ends the
 * command with one message. The exception goes through to whoever runs the command, so
 * that a script or a headless run stops there; the service shows it in Fiji. The same
 * message stands in the dialog while the user still types: see {@link #check}.
 * <p>
 * No command may be a module itself, as SciJava's DynamicCommand is: whoever runs such a one through
 * the CommandService, a script or Fiji's {@code --run}, gets no future to wait for.
 * </p>
 */
public abstract class IsopheneCommand extends ContextCommand implements Suggestions {

	@Parameter
	protected IsopheneService isophene;

	@Parameter
	protected LogService log;

	@Parameter
	protected PluginService pluginService;

	@Parameter
	private StatusService statusService;

	@Parameter
	private CommandService commands;

	@Parameter(required = false)
	private UIService ui;

	private final TablePreview look = new TablePreview();
	private final TablePreview profileLook = new TablePreview();
	private CommandDialog dialog;

	@Override
	public final void run() {
		try {
			attempt();
		}
		catch (final RuntimeException exc) {
			// A script and a headless run must stop there; before a user, ImageJ would show the stack of calls
			// beside the message.
			final boolean macro = IJ.isMacro() && IJ.getInstance() != null;
			if (dialog == null && !macro || !UserErrors.isExpected(exc)) {
				leaveUnrecorded();
				throw exc;
			}
			stop(exc, macro);
		}
		if (dialog == null) return;
		dialog.remember(!isCanceled());
		if (isCanceled()) return;
		produced().forEach(LastStep::put);
		if (ui == null || !ui.isVisible()) return;
		if (!nextSteps().isEmpty()) showResults();
		showFurther();
	}

	/** Also for whoever closes the dialog by Cancel. */
	@Override
	public void cancel(final String reason) {
		super.cancel(reason);
		leaveUnrecorded();
	}

	/** Keeps ImageJ's recorder from writing {@code run("...");} without keys for a command that has not run. */
	private static void leaveUnrecorded() {
		if (IJ.getInstance() != null) Recorder.disableCommandRecording();
	}

	/**
	 * Ends the command, and a macro that runs it, without a stack of calls and with the reason: in a box, or, if the
	 * user has canceled it, in a small window after a dialog and in ImageJ's log after a macro.
	 */
	private void stop(final RuntimeException exc, final boolean macro) {
		final String title = commands.getCommand(getClass()).getTitle().replace("...", "");
		final String message = dialog == null ? UserErrors.message(exc) : dialog.labeled(UserErrors.message(exc));
		final boolean silent = UserErrors.isCancellation(exc);
		if (silent) sayCanceled(title, message, macro);
		// A macro waits two seconds at most for its end, so the dialog must be closed before that begins.
		else if (macro) ui.showDialog(UserErrors.lines(message), title, DialogPrompt.MessageType.ERROR_MESSAGE);
		cancel(silent || macro ? null : UserErrors.lines(title + ": " + message));
		if (macro) new Thread(Interpreter::abort, "Isophene ends a macro").start();
	}

	/** Says what is kept of a canceled run, and how to resume it. */
	private void sayCanceled(final String title, final String message, final boolean macro) {
		statusService.showStatus(title + ": " + message);
		if (macro) IJ.log(title + ": " + message);
		else if (ui != null && ui.isVisible() && !ui.isHeadless())
			CanceledWindow.show(title, message, () -> commands.run(getClass(), true));
		else log.info(title + ": " + message);
	}

	private void attempt() {
		try {
			requireSensible();
			ProcessFolder.require();
			execute();
		}
		catch (final FileSystemException exc) {
			// Java's own say little more than a path.
			final IOException explained = new IOException(explain(exc), exc);
			throw new UncheckedIOException(explained.getMessage(), explained);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc.getMessage(), exc);
		}
		catch (final OutOfMemoryError exc) {
			// Not what comes of an error in Fiji: a stack of calls, or nothing.
			throw new IllegalStateException(UserErrors.message(exc), exc);
		}
	}

	/**
	 * Refuses numbers beyond the largest that a key says, and those that are none: the dialog does so itself, a macro,
	 * a script and the command line don't.
	 */
	private void requireSensible() {
		for (final ModuleItem<?> key : commands.getCommand(getClass()).inputs()) {
			final Object value = key instanceof CommandModuleItem<?> item ? ClassUtils.getValue(item.getField(), this)
				: null;
			if (!(value instanceof Number number)) continue;
			if (!Double.isFinite(number.doubleValue()))
				throw new IllegalArgumentException(key.getName() + " = " + value + ": must be a number");
			if (key.getMaximumValue() instanceof Number largest && number.doubleValue() > largest.doubleValue())
				throw new IllegalArgumentException(
					key.getName() + " = " + value + ": must be " + largest + " at most");
		}
	}

	private static String explain(final FileSystemException exc) {
		if (exc instanceof NoSuchFileException) return "There is no " + exc.getFile();
		if (exc instanceof FileAlreadyExistsException)
			return exc.getFile() + " is a file, but a folder is needed there: choose another name";
		if (exc instanceof AccessDeniedException && Files.exists(Path.of(exc.getFile())))
			return "You may not read or write " + exc.getFile() + ": change its permissions, or choose another place";
		return exc.getFile() + " can't be read or written (" +
			(exc.getReason() == null ? exc.getClass().getSimpleName().replace("Exception", "") : exc.getReason()) +
			"). Is there space on the disk, and may you write there?";
	}

	/** Does the work; blocks until it is done. */
	protected abstract void execute() throws IOException;

	/**
	 * Finds what is missing or wrong among the keys, without doing any work: for the dialog, at
	 * every key stroke.
	 *
	 * @throws IllegalArgumentException with the sentence that the user reads; likewise the other
	 */
	protected void check() throws IOException {}

	/**
	 * Fills in, by {@link #propose(String, Object, boolean)}, what other keys of the dialog suggest; called
	 * before {@link #check}.
	 */
	protected void propose() {}

	/**
	 * Fills in a key of the dialog, as long as the user has not.
	 *
	 * @param replacesDefault whether the default of the key is none for the chosen table
	 */
	protected final void propose(final String key, final Object value, final boolean replacesDefault) {
		if (dialog != null && value != null) dialog.propose(key, value, replacesDefault);
	}

	/** Fills in a file to write beside one that is read: {@code <name><ending>}. */
	protected final void proposeBeside(final String key, final Path source, final String ending) {
		if (source != null && Files.exists(source))
			propose(key,
				LastStep.beside(Files.isDirectory(source) ? source.resolve("screen.csv") : source, ending).toFile(),
				false);
	}

	/** Empties controls that the last commands left, where the chosen table has not got them. */
	protected final void dropOtherControls(final String controls) {
		if (!columns().fits(controls)) propose("controls", "", true);
	}

	/** Fills in negative controls and batch as the chosen table suggests them, where the defaults don't fit it. */
	protected final void proposeColumns(final String controls, final String batch) {
		final TableColumns table = columns();
		if (!table.known()) return;
		final String likely = table.negativeControls();
		if (!likely.isEmpty()) propose("controls", likely, !table.fits(controls));
		else dropOtherControls(controls);
		if (batch != null && !table.metadata().contains(batch)) propose("batch", "Metadata_Plate", true);
	}

	/** Returns HTML below the advice of the dialog when nothing is wrong; empty if there is none. */
	protected String details() {
		return "";
	}

	/**
	 * One window with what the run has written, and the next steps; only after a dialog, so that a macro leaves
	 * no window behind.
	 */
	private void showResults() {
		final Path table = produced().get("table");
		try {
			final String from = LastStep.get("screen");
			final Screen screen = table == null || from == null ? null : isophene.openScreen(Path.of(from));
			final String controls = LastStep.get("controls");
			final Map<String, String> now = LastStep.copy();
			ResultsWindow.show(dialog.title(), dialog.summary(), table, screen,
				controls == null ? Selection.NONE : Selection.of(controls), FieldReaders.of(pluginService),
				nextSteps().stream().map(type -> next(type, now)).toList());
		}
		catch (final IOException | RuntimeException exc) {
			// What was asked for is written all the same.
			log.warn("The results can't be shown: " + UserErrors.message(exc));
		}
	}

	/** Opens further windows of a run that a dialog has started; does nothing by default. */
	protected void showFurther() {}

	private ResultsWindow.Next next(final Class<? extends Command> type, final Map<String, String> known) {
		return new ResultsWindow.Next(commands.getCommand(type).getTitle(), () -> {
			LastStep.restore(known);
			commands.run(type, true);
		});
	}

	/**
	 * Returns the commands that sensibly follow this one, the likeliest first; empty: no window of results is
	 * shown.
	 */
	protected List<Class<? extends Command>> nextSteps() {
		return List.of();
	}

	/** Returns what the next dialogs, whose keys of the same name mean the same, are to begin with. */
	protected String handedOn(final String key, final String value) {
		return value;
	}

	/**
	 * Returns what the dialog of this command is to begin with.
	 *
	 * @param value that the last commands left for the key, or that it had the last time
	 * @return {@code null}: the default
	 */
	protected String offered(final String key, final String value) {
		return value;
	}

	/** Returns a model with classes in place of a built-in one, which has none; {@code null} if none was trained. */
	protected static String classifier(final String model) {
		return Model.isBuiltIn(text(model)) ? LastStep.get(LastStep.TRAINED) : model;
	}

	/** Returns what a successful run leaves to the next dialogs, by their keys. */
	protected Map<String, Path> produced() {
		return Map.of();
	}

	/** Returns the dialog's message when nothing is wrong. */
	protected String ready() {
		return "Ready.";
	}

	/** The columns of the table that was chosen, as far as they are known; never fails. */
	protected TableColumns columns() {
		return TableColumns.NONE;
	}

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "device" -> List.of("auto", "cpu", "gpu");
			case "model" -> List.of(Model.DEFAULT, Model.FIXED_SEED);
			case "label", "batch", "plates", "wells", "treatment" -> columns().metadata();
			case "controls" -> columns().controls();
			case "channels" ->
				columns().channels().isEmpty() ? List.of() : List.of(String.join(",", columns().channels()));
			case "nuclei" -> columns().channels();
			case "statistics" ->
				Stream.concat(Stream.of(StatisticsOrigin.AUTO), StatisticsOrigin.labels().stream()).toList();
			case "downscale" -> List.of("1", "mean:2", "nearest:2");
			case "intensity" ->
				Intensities.forms().stream().filter(form -> form.equals(form.toLowerCase(Locale.ROOT))).toList();
			default -> List.of();
		};
	}

	@Override
	public String sentence(final String key, final String value) {
		return switch (key) {
			case "statistics" -> StatisticsOrigin.isAutomatic(value)
				? "calibrated where the model has a calibration and the plates have controls, otherwise as it was " +
					"trained"
				: StatisticsOrigin.labels().contains(value) ? StatisticsOrigin.of(value).explanation() : "";
			case "objective" ->
				Objectives.all(pluginService)
					.stream()
					.filter(objective -> objective.name().equals(value))
					.map(Objective::description)
					.findFirst()
					.orElse("");
			case "method" -> CorrectionWords.sentence(value, pluginService);
			case "intensity" -> Intensities.description(value);
			default -> "";
		};
	}

	/** Makes a dialog of this command that is about to be shown. */
	final void open(final CommandDialog opened) {
		dialog = opened;
	}

	@Override
	public final CommandDialog dialog() {
		return dialog;
	}

	/** The columns of a screen's table; none if it can't be told quickly. */
	protected final TableColumns screenColumns(final File screen) {
		return look.screen(path(screen), pluginService);
	}

	/** Returns the screen whose columns were asked for last; {@code null} if it can't be had quickly. */
	protected final Screen previewedScreen() {
		return look.opened();
	}

	/** The columns of a table of profiles; none if it can't be told quickly. */
	protected final TableColumns profileColumns(final File profiles) {
		return profileLook.profiles(path(profiles));
	}

	/** Refuses a file of which {@link #columns} could not be told because it is no such table. */
	protected final void requireTable(final String key) {
		columns();
		final String problem = (key.equals("screen") ? look : profileLook).problem();
		if (problem == null) return;
		// What each format misses would fill the dialog.
		final int end = problem.indexOf('\n');
		throw new IllegalArgumentException(key + ": " + (end < 0 ? problem
			: problem.substring(0, end).replaceAll("[: ]+$", "") + ": Open Screen says why, and writes screen tables"));
	}

	/** The screen that was chosen, once it is known to be one. */
	protected final Path requireScreen(final File screen) {
		final Path there = existing(screen, "screen", "a screen table or a plate's folder");
		requireNoRoot("screen", there);
		requireTable("screen");
		return there;
	}

	/** Refuses the whole disk, which no command searches. */
	protected static void requireNoRoot(final String key, final Path folder) {
		try {
			DiskRoot.refuse(folder);
		}
		catch (final IOException exc) {
			throw new IllegalArgumentException(key + ": " + exc.getMessage(), exc);
		}
	}

	/** A file parameter as a path, or {@code null} where it was left empty. */
	protected static Path path(final File file) {
		return file == null || file.getPath().isBlank() ? null : file.toPath();
	}

	/** A file parameter that must be given. */
	protected static Path required(final File file, final String key, final String what) {
		final Path path = path(file);
		if (path == null) throw new MissingKey(key, what);
		return path;
	}

	/** A file parameter that must be given and be there. */
	protected static Path existing(final File file, final String key, final String what) {
		final Path path = required(file, key, what);
		if (!Storages.isRemote(Storages.normalize(file.getPath())) && !Files.exists(path))
			throw new IllegalArgumentException(key + ": there is no " + path);
		return path;
	}

	/** A text parameter that must be given. */
	protected static String required(final String value, final String key, final String what) {
		if (text(value).isEmpty()) throw new MissingKey(key, what);
		return text(value);
	}

	/** Refuses the name of a model that doesn't exist, and a file that is none; an empty one is left to others. */
	protected static void requireModel(final String key, final String model) throws IOException {
		final String name = text(model);
		if (name.isEmpty() || Model.isBuiltIn(name)) return;
		if (!Files.exists(Path.of(name)))
			throw new IllegalArgumentException(
				key + ": there is no model '" + name + "': give the name default or a model file");
		ModelFile.card(Path.of(name));
	}

	/** Refuses a model that recognizes nothing; one that doesn't exist, too. */
	protected static void requireClasses(final String key, final String model) throws IOException {
		requireModel(key, model);
		final List<String> classes = Model.isBuiltIn(text(model)) ? List.of()
			: ModelFile.card(Path.of(model)).classes();
		if (classes.isEmpty())
			throw new IllegalArgumentException(
				key + ": the model '" + model + "' has no classes; train one with Fine-tune Model");
	}

	/** Returns the dialog's message when a file can be written. */
	protected static String ready(final Path output) {
		return output != null && Files.exists(output)
			? "Ready. " + output.getFileName() + " exists and will be replaced."
			: "Ready.";
	}

	/**
	 * Returns the dialog's message when a file can be written plate by plate: how many plates an interrupted run has
	 * finished.
	 */
	protected final String ready(final Path output, final boolean resume) {
		final int done = output == null ? 0 : ProfileParts.done(output);
		if (done == 0) return ready(output);
		final int all = columns().values("Metadata_Plate").size();
		return "Ready. " + (all == 0 ? "" : done + " of ") +
			Count.of(all == 0 ? done : all, "plate is", "plates are") + " done" +
			(resume ? ": OK resumes with the same settings." : ", but will be done again, as Resume is off.");
	}

	/** Refuses to write over what is read, and to the network. */
	protected static void distinct(final String key, final Path output, final String inputKey, final Path input) {
		if (output != null) OutputFolder.requireLocal(output);
		if (input != null && output.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize())) {
			throw new IllegalArgumentException(key + " and " + inputKey + " are the same file, " + output +
				", which would be overwritten: give " + key + " another name");
		}
	}

	/** A file parameter as text, where it may be an address ({@code https://...}, {@code s3://...}). */
	protected static String place(final File file, final String key, final String what) {
		required(file, key, what);
		return Storages.normalize(file.getPath());
	}

	/** A comma-separated list; an empty text gives an empty list. */
	protected static List<String> list(final String text) {
		if (text == null || text.isBlank()) return List.of();
		return Arrays.stream(text.split(",")).map(String::strip).toList();
	}

	protected static String text(final String value) {
		return value == null ? "" : value.strip();
	}
}
