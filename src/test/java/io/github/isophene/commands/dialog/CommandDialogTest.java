// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import io.github.isophene.commands.AdaptAndPredict;
import io.github.isophene.commands.AssessBatchEffects;
import io.github.isophene.commands.CompareAdaptations;
import io.github.isophene.commands.CorrectProfiles;
import io.github.isophene.commands.EmbedImage;
import io.github.isophene.commands.EmbedScreen;
import io.github.isophene.commands.ExportScreen;
import io.github.isophene.commands.FineTuneModel;
import io.github.isophene.commands.GpuSetup;
import io.github.isophene.commands.ImportModel;
import io.github.isophene.commands.MakeDemoScreen;
import io.github.isophene.commands.OpenScreen;
import io.github.isophene.commands.PreviewPerturbation;
import io.github.isophene.commands.ViewPlate;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.prefs.PrefService;

/** Dialogs without a display: what they suggest, refuse, restore and remember. */
class CommandDialogTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	Path folder;

	private Context context;

	@BeforeEach
	void start() {
		LastStep.clear();
		context = new Context();
		context.service(PrefService.class).clear(CorrectProfiles.class);
	}

	@AfterEach
	void dispose() {
		context.service(PrefService.class).clear(FineTuneModel.class);
		context.service(PrefService.class).clear(EmbedScreen.class);
		context.service(PrefService.class).clear(OpenScreen.class);
		context.dispose();
	}

	private static FineTuneModel command(final Module module) {
		return (FineTuneModel) module.getDelegateObject();
	}

	private Module module() {
		return context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(FineTuneModel.class));
	}

	private Module dialog() {
		return dialog(FineTuneModel.class);
	}

	private Module dialog(final Class<? extends Command> type) {
		final Module module = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(type));
		new CommandDialog(module, context.service(PrefService.class)).open();
		return module;
	}

	private static String advice(final Module module) {
		return ((Suggestions) module.getDelegateObject()).dialog().advice().replaceAll("<[^>]+>", "");
	}

	@Test
	void saysStepByStepWhatIsMissingOrWrong() throws Exception {
		final Module command = dialog();
		assertEquals("Screen is missing: give a screen table or a plate's folder", advice(command));
		command.setInput("screen", new File("nowhere.csv"));
		assertEquals("Screen: there is no nowhere.csv", advice(command));
		command.setInput("screen", SCREEN);
		assertEquals(
			"Label column is missing: give the column with the classes to learn: Metadata_Batch, Metadata_Compound, " +
				"Metadata_Class, Metadata_pert_type",
			advice(command));
		command.setInput("label", "Metadata_Drug");
		assertTrue(advice(command).startsWith("Label column: the table has no column Metadata_Drug; it has "),
			advice(command));
		command.setInput("label", "Metadata_Compound");
		command.setInput("controls", "Metadata_pert_type=dmso");
		assertEquals("Control wells: no row has Metadata_pert_type=dmso; Metadata_pert_type is negcon, trt",
			advice(command));
		command.setInput("controls", "Metadata_Compound=DMSO");
		command.setInput("channels", "DNA,Tubulin");
		assertEquals("Channels: the screen has no channel Tubulin; it has DNA, ER, AGP, Mito", advice(command));
		command.setInput("channels", "");
		command.setInput("objective", "magic");
		assertTrue(advice(command).startsWith("Objective = magic: use "), advice(command));
		command.setInput("objective", "erm");
		command.setInput("model", null);
		assertEquals("Model file to write is missing: give the model file to write (.zip)", advice(command));
		command.setInput("model", folder.resolve("model.zip").toFile());
		assertEquals("Ready.", advice(command));
		Files.createFile(folder.resolve("model.zip.checkpoint"));
		assertTrue(advice(command).contains("OK resumes it if images and settings are as they were. For other "),
			advice(command));
	}

	@Test
	void proposesOutputsControlsAndBatchOnceAndKeepsWhatTheUserTyped() throws Exception {
		final Path screen = Files.writeString(folder.resolve("plate7.csv"),
			"FileName_OrigDNA,PathName_OrigDNA,Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_Drug\n" +
				"a.tif,.,P7,A01,1,DMSO\nb.tif,.,P7,A02,1,taxol\n");
		final Module train = dialog();
		train.setInput("screen", screen.toFile());
		advice(train);
		assertEquals(folder.resolve("plate7-model.zip").toFile(), train.getInput("model"));
		assertEquals("Metadata_Drug=DMSO", train.getInput("controls"));
		assertEquals("Metadata_Plate", train.getInput("batch"));
		train.setInput("model", new File("mine.zip"));
		train.setInput("controls", "");
		advice(train);
		assertEquals(new File("mine.zip"), train.getInput("model"));
		assertEquals("", train.getInput("controls"));
		final Module embed = dialog(EmbedScreen.class);
		embed.setInput("screen", screen.toFile());
		assertEquals("Ready.", advice(embed));
		assertTrue(((Suggestions) embed.getDelegateObject()).dialog().isReady());
		assertEquals(folder.resolve("plate7-profiles.parquet").toFile(), embed.getInput("profiles"));
	}

	@Test
	void theNextDialogBeginsWithTheLastScreen() throws Exception {
		LastStep.put("screen", SCREEN.getPath());
		LastStep.put("profiles", folder.resolve("gone.parquet"));
		LastStep.controls("Metadata_Compound=DMSO");
		final Module train = dialog();
		assertEquals(SCREEN, train.getInput("screen"));
		assertEquals("Metadata_Compound=DMSO", train.getInput("controls"));
		assertEquals(null, dialog(CorrectProfiles.class).getInput("profiles"));
	}

	@Test
	void aFolderOfPlainTiffsGetsAPatternItsTableAndItsPlatemap() throws Exception {
		for (final String name : List.of("A01_s1_DAPI.tif", "A01_s1_GFP.tif", "B02_s1_DAPI.tif", "B02_s1_GFP.tif"))
			Files.createFile(folder.resolve(name));
		Files.writeString(folder.resolve("platemap.csv"), "well,drug\nA01,DMSO\nB02,taxol\n");
		context.service(PrefService.class).put(OpenScreen.class, "platemap", "elsewhere/platemap.csv");
		final Module open = dialog(OpenScreen.class);
		assertEquals(null, open.getInput("platemap"));
		open.setInput("source", folder.toFile());
		final String advice = advice(open);
		assertEquals(folder.resolve("screen.csv").toFile(), open.getInput("table"));
		assertEquals(folder.resolve("platemap.csv").toFile(), open.getInput("platemap"));
		assertEquals("(?<well>[A-P]\\d+)_s(?<site>\\d+)_(?<channel>[A-Za-z]+)\\.tif", open.getInput("pattern"));
		assertTrue(advice.startsWith("Ready.") && advice.contains("2 wells, 1 site, 2 channels (DAPI, GFP)"), advice);
		assertTrue(((Suggestions) open.getDelegateObject()).dialog().advice().contains("<b>A01</b>"), advice);
		assertEquals(" (filled in: Pattern)",
			((Suggestions) open.getDelegateObject()).dialog().note("section1"), "the user has changed nothing");
		open.setInput("source", SCREEN);
		advice(open);
		assertEquals("", open.getInput("pattern"));
	}

	@Test
	void openScreenTakesControlsByValueOrByPlaceAndSaysWhenItFoundNone() throws Exception {
		for (final String name : List.of("A01_s1_DAPI.tif", "B02_s1_DAPI.tif")) Files.createFile(folder.resolve(name));
		final Module open = dialog(OpenScreen.class);
		open.setInput("source", folder.toFile());
		assertTrue(advice(open).contains("No negative controls were found"), advice(open));
		open.setInput("controls", "A01, B");
		assertTrue(advice(open).contains("Negative controls: A01, B."), advice(open));
		open.setInput("controls", "DMSO?");
		assertTrue(advice(open).startsWith("Negative controls: 'DMSO?' is neither column=value"), advice(open));
		open.setInput("controls", "");
		open.setInput("platemap",
			Files.writeString(folder.resolve("map.csv"), "well,drug\nA01,DMSO\nB02,taxol\n").toFile());
		assertTrue(advice(open).contains("Negative controls: Metadata_drug=DMSO."), advice(open));
		assertEquals("Metadata_drug=DMSO", open.getInput("controls"));
		open.run();
		assertTrue(open.getOutput("summary").toString().endsWith("\nNegative controls: 1 well per plate"),
			open.getOutput("summary").toString());
		final List<String> rows = Files.readAllLines(folder.resolve("screen.csv"));
		assertTrue(rows.get(0).endsWith("Metadata_pert_type") && rows.get(1).endsWith("negcon") &&
			rows.get(2).endsWith("trt"), rows.toString());
	}

	/** The choices that need a word of explanation have a sentence each, and presets are sets of values that exist. */
	@Test
	void choicesAndPresetsAreExplained() {
		int sentences = 0;
		int presets = 0;
		for (final Class<? extends Command> type : List.of(EmbedScreen.class, FineTuneModel.class,
			AdaptAndPredict.class, CompareAdaptations.class, CorrectProfiles.class, AssessBatchEffects.class))
		{
			final Module module = dialog(type);
			final Suggestions command = (Suggestions) module.getDelegateObject();
			for (final String key : List.of("objective", "statistics", "intensity", "method")) {
				if (module.getInfo().getInput(key) == null) continue;
				assertFalse(command.suggestions(key).isEmpty(), type.getSimpleName() + " " + key);
				for (final String value : command.suggestions(key)) {
					assertFalse(command.sentence(key, value).isEmpty(), type.getSimpleName() + " " + key + "=" + value);
					sentences++;
				}
			}
			for (final Preset preset : command.presets()) {
				command.dialog().restoreDefaults();
				command.dialog().apply(preset);
				assertEquals(preset, command.dialog().preset(), type.getSimpleName() + " " + preset.name());
				preset.values().forEach((key, value) -> {
					final ModuleItem<?> item = module.getInfo().getInput(key);
					assertTrue(item != null && CommandDialog.isKey(item), preset.name() + " sets " + key);
					if (!List.of("objective", "statistics", "intensity", "method").contains(key)) return;
					final String chosen = String.valueOf(module.getInput(key));
					assertTrue(chosen.isEmpty() || !command.sentence(key, chosen).isEmpty(), key + "=" + chosen);
				});
				presets++;
			}
			if (!command.presets().isEmpty()) {
				command.dialog().restoreDefaults();
				assertEquals("default", command.dialog().preset().name(), type.getSimpleName());
			}
		}
		assertTrue(sentences > 60 && presets == 17, sentences + " sentences, " + presets + " presets");
	}

	@Test
	void compareIsReadyOnlyIfItCanRunAndSaysHowLong() {
		final Module compare = dialog(CompareAdaptations.class);
		compare.setInput("screen", SCREEN);
		compare.setInput("label", "Metadata_Compound");
		compare.setInput("folder", folder.toFile());
		assertTrue(advice(compare).startsWith("Held-out batches = 2 batches of 2"), advice(compare));
	}

	@Test
	void compareTakesSeveralLearningRatesAndRefusesBadOnes() throws Exception {
		final StringBuilder rows = new StringBuilder("FileName_OrigDNA,PathName_OrigDNA,Metadata_Plate," +
			"Metadata_Well,Metadata_Site,Metadata_Batch,Metadata_Compound,Metadata_pert_type\n");
		for (int plate = 1; plate <= 8; plate++) for (int well = 1; well <= 6; well++)
			rows.append("a.tif,.,P%d,A%02d,1,B%d,%s,%s\n".formatted(plate, well, (plate + 1) / 2,
				well > 4 ? "" : well % 2 == 0 ? "taxol" : "none", well > 4 ? "negcon" : "trt"));
		final Module compare = dialog(CompareAdaptations.class);
		compare.setInput("screen", Files.writeString(folder.resolve("rates.csv"), rows).toFile());
		compare.setInput("label", "Metadata_Compound");
		compare.setInput("folder", folder.resolve("rates").toFile());
		compare.setInput("heldout", "1");
		compare.setInput("indomain", 1);
		compare.setInput("seeds", 1);
		compare.setInput("methods", "erm");
		compare.setInput("queries", 8);
		assertTrue(advice(compare).startsWith("Ready. 1 training of 20 epochs with "), advice(compare));
		compare.setInput("rate", "0.0005,0.002");
		assertTrue(advice(compare).startsWith("Ready. 3 trainings of 20 epochs, those that try learning rates " +
			"included, with "), advice(compare));
		for (final String[] wrong : new String[][]{{"", "is empty: give one, such as 0.002"},
			{"0.002;0.004", "ate has '0.002;0.004': give a number above 0"},
			{"0.1,,0.2", "ate = '0.1,,0.2' lacks a value"}, {"0.1,", "ate = '0.1,' lacks a value"},
			{"0", "ate = 0.0: it must be above 0"}, {"0.002,-1", "ate = -1.0: it must be above 0"},
			{"NaN", "ate = NaN: it must be above 0"}, {"Infinity", "ate = Infinity: it must be above 0"},
			{"0.002,2e-3", "ate names one twice: 0.002, 0.002"}})
		{
			compare.setInput("rate", wrong[0]);
			assertTrue(advice(compare).contains(wrong[1]), wrong[0] + ": " + advice(compare));
		}
	}

	@Test
	void saysHowManyPlatesOfAnInterruptedRunAreDone() throws Exception {
		final Module embed = dialog(EmbedScreen.class);
		embed.setInput("screen", SCREEN);
		embed.setInput("profiles", folder.resolve("p.parquet").toFile());
		final Path parts = Files.createDirectory(folder.resolve("p.parquet.parts"));
		Files.createFile(parts.resolve("B1_P1-0123456789abcdef.parquet"));
		assertEquals("Ready. 1 of 2 plates are done: OK resumes with the same settings.", advice(embed));
		embed.setInput("resume", false);
		assertEquals("Ready. 1 of 2 plates are done, but will be done again, as Resume is off.", advice(embed));
	}

	@Test
	void suggestsWhatTheTableHas() {
		final Module command = dialog();
		assertEquals(List.of(), command(command).suggestions("label"));
		command.setInput("screen", SCREEN);
		assertTrue(command(command).suggestions("label").contains("Metadata_Compound"),
			command(command).suggestions("label").toString());
		assertEquals("Metadata_pert_type=negcon", command(command).suggestions("controls").get(0));
		assertTrue(command(command).suggestions("controls").contains("Metadata_Compound=DMSO"),
			command(command).suggestions("controls").toString());
		assertEquals(List.of("B1", "B2"), command(command).suggestions("heldout"));
		assertEquals(List.of("DNA,ER,AGP,Mito"), command(command).suggestions("channels"));
		assertTrue(command(command).suggestions("objective").containsAll(List.of("erm", "cs-arm-bn", "abra")));
	}

	@Test
	void restoresDefaultsAndNamesHiddenChanges() {
		final Module command = dialog();
		command.setInput("rate", 0.5);
		command.setInput("optimizer", "sgd");
		final CommandDialog dialog = command(command).dialog();
		assertEquals(List.of("rate", "optimizer"), dialog.changes("section3"));
		assertEquals(" (changed: Learning rate, Optimizer)", dialog.note("section3"));
		assertEquals("", dialog.note("section2"));
		assertEquals(List.of(), dialog.changes("section2"));
		dialog.restoreDefaults();
		assertEquals(0.001, command.getInput("rate"));
		assertEquals(List.of(), dialog.changes("section3"));
	}

	@Test
	void remembersForTheNextDialogOnlyAndNothingThatIsWritten() {
		final Module first = dialog();
		first.setInput("screen", SCREEN);
		first.setInput("epochs", 7);
		first.setInput("model", folder.resolve("model.zip").toFile());
		command(first).dialog().remember(true);
		final Module second = dialog();
		assertEquals(SCREEN, second.getInput("screen"));
		assertEquals(7, second.getInput("epochs"));
		assertNull(second.getInput("model"));
		command(second).dialog().restoreDefaults();
		assertEquals(200, second.getInput("epochs"));
		final Module undisturbed = module();
		new DialogPreparation().process(undisturbed);
		assertEquals(200, undisturbed.getInput("epochs"), "without a dialog nothing is remembered");
	}

	/** After Cancel, OK resumes; another screen, or a run that came to its end, begins with nothing. */
	@Test
	void theFileOfARunThatEndedEarlyIsOfferedAgain() throws Exception {
		final File model = folder.resolve("of my own.zip").toFile();
		final Module first = dialog();
		first.setInput("screen", SCREEN);
		first.setInput("model", model);
		command(first).dialog().remember(false);
		assertEquals(model, dialog().getInput("model"));
		LastStep.put("screen", Files.createFile(folder.resolve("other.csv")));
		assertNull(dialog().getInput("model"), "of another screen");
		LastStep.put("screen", SCREEN.getPath());
		final Module second = dialog();
		assertEquals(model, second.getInput("model"));
		command(second).dialog().remember(true);
		assertNull(dialog().getInput("model"));
	}

	@Test
	void controlsOfTheLastScreenAreDroppedWhereTheChosenOneHasThemNot() {
		LastStep.controls("Metadata_treatment=mock");
		for (final Class<? extends Command> type : List.of(EmbedScreen.class, FineTuneModel.class,
			AdaptAndPredict.class))
		{
			final Module command = dialog(type);
			assertEquals("Metadata_treatment=mock", command.getInput("controls"));
			command.setInput("screen", SCREEN);
			advice(command);
			assertEquals(type == EmbedScreen.class ? "" : "Metadata_pert_type=negcon", command.getInput("controls"));
			command.setInput("controls", "Metadata_treatment=of my own");
			advice(command);
			assertEquals("Metadata_treatment=of my own", command.getInput("controls"));
		}
	}

	/** A demo that was canceled after half of it: its folder is offered, and the dialog says what is done. */
	@Test
	void aCanceledDemoIsOfferedAgainAndSaysWhatIsDone() throws Exception {
		final DemoOptions options = DemoOptions.defaults()
			.withBatches(2)
			.withPlates(2)
			.withWells(4)
			.withFields(1)
			.withSize(32)
			.withClasses(2);
		final Path to = folder.resolve("demo");
		assertThrows(CancellationException.class, () -> DemoScreen.write(to, options, StoppingProgress.after(7)));
		final Module canceled = dialog(MakeDemoScreen.class);
		set(canceled, to, options);
		((Suggestions) canceled.getDelegateObject()).dialog().remember(false);
		final Module again = dialog(MakeDemoScreen.class);
		assertEquals(to.toFile(), again.getInput("folder"));
		assertTrue(advice(again).matches("Ready: 4 plates with 16 fields[.] [12] of 4 plates are done [(]\\d+ of 16 " +
			"fields[)]: OK resumes[.]"), advice(again));
		again.setInput("seed", 2);
		assertTrue(advice(again).contains("already holds a different screen"), advice(again));
		again.setInput("seed", 1);
		again.setInput("wells", 4);
		again.setInput("classes", 6);
		assertTrue(advice(again).startsWith("Wells per plate = 4: must be at least 7 for 6 classes"), advice(again));
		DemoScreen.write(to, options, Progress.NONE);
		set(again, to, options);
		assertEquals("Ready. The folder holds this screen already, which will be written again.", advice(again));
		context.service(PrefService.class).clear(MakeDemoScreen.class);
	}

	private static void set(final Module demo, final Path to, final DemoOptions options) {
		demo.setInput("folder", to.toFile());
		demo.setInput("batches", options.batches());
		demo.setInput("plates", options.plates());
		demo.setInput("wells", options.wells());
		demo.setInput("fields", options.fields());
		demo.setInput("size", options.size());
		demo.setInput("classes", options.classes());
	}

	@Test
	void aSelectionSmallerThanATileIsRefusedBeforeOk() {
		final Module embed = dialog(EmbedImage.class);
		final ImagePlus image = IJ.createImage("field", "16-bit ramp", 128, 96, 1);
		embed.setInput("image", image);
		embed.setInput("model", "default");
		embed.setInput("tile", 32);
		assertEquals("Ready: field, the whole image, 1 channel.", advice(embed));
		image.setRoi(10, 10, 30, 30);
		assertTrue(advice(embed).startsWith("The selection has 30 x 30 pixels, a tile needs 32 x 32: "), advice(embed));
		image.setRoi(10, 10, 32, 40);
		assertEquals("Ready: field, what is selected, 1 channel.", advice(embed));
		embed.setInput("tile", 0);
		assertTrue(advice(embed).contains(" a tile needs 96 x 96: "), advice(embed));
	}

	@Test
	void aPreviewTakesTheOpenImageAndTheLastModelThatWasTrained() throws Exception {
		context.service(PrefService.class).clear(PreviewPerturbation.class);
		LastStep.put("screen", SCREEN.getPath());
		LastStep.put("model", "default");
		final Module ofScreen = dialog(PreviewPerturbation.class);
		assertEquals(SCREEN, ofScreen.getInput("screen"));
		assertEquals("", ofScreen.getInput("model"));
		assertEquals("Ready.", advice(ofScreen));
		final Path trained = Files.createFile(folder.resolve("trained.zip"));
		LastStep.put("trained", trained);
		final Module preview = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(PreviewPerturbation.class));
		preview.setInput("image", IJ.createImage("field", "16-bit ramp", 128, 96, 1));
		new CommandDialog(preview, context.service(PrefService.class)).open();
		assertNull(preview.getInput("screen"));
		assertEquals(trained.toString(), preview.getInput("model"));
		assertEquals(trained.toString(), dialog(AdaptAndPredict.class).getInput("model"));
		preview.setInput("model", "default");
		assertEquals("Model: the model 'default' has no classes; train one with Fine-tune Model", advice(preview));
		preview.setInput("model", "");
		assertEquals("Ready.", advice(preview));
	}

	@Test
	void plateColorsBeginWithTheLabelAndATableOfOtherPlatesIsNoticed() throws Exception {
		final Module unlabeled = dialog(ViewPlate.class);
		unlabeled.setInput("screen", SCREEN);
		assertEquals("Ready.", advice(unlabeled));
		assertEquals("", unlabeled.getInput("color"));
		LastStep.put("label", "Metadata_Class");
		final Module view = dialog(ViewPlate.class);
		view.setInput("screen", SCREEN);
		assertEquals("Ready.", advice(view));
		assertEquals("Metadata_Class", view.getInput("color"));
		final Path table = folder.resolve("profiles.csv");
		view.setInput("table", Files.writeString(table, "Metadata_Plate,Metadata_Well,f1\nQ1,A01,1\n").toFile());
		assertTrue(advice(view).startsWith("Ready, but the table begins with other plates than the screen has: Q1; "),
			advice(view));
		view.setInput("table", Files.writeString(folder.resolve("predictions.csv"),
			"Metadata_Plate,Metadata_Well,Metadata_Predicted_Class,f1\nB1_P1,A01,DMSO,1\n").toFile());
		assertEquals("Ready.", advice(view));
		assertEquals("", view.getInput("color"));
		context.service(PrefService.class).clear(ViewPlate.class);
	}

	/** Fiji's --run and scripts wait for the future; a command that is a module itself would have none. */
	@Test
	void theCommandServiceGivesAFuture() {
		for (final CommandInfo info : context.service(CommandService.class).getCommandsOfType(Command.class)) {
			if (!info.getDelegateClassName().startsWith("io.github.isophene.commands.")) continue;
			final Module module = context.service(ModuleService.class).createModule(info);
			assertTrue(module instanceof CommandModule, info.getTitle());
		}
	}

	@Test
	void whoGivesOneKeyIsNotAskedForTheOthers() {
		final CommandInfo info = context.service(CommandService.class).getCommand(EmbedScreen.class);
		final Module module = context.service(ModuleService.class).createModule(info);
		module.setInput("screen", SCREEN);
		module.resolveInput("screen");
		new DialogPreparation().process(module);
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			if (CommandDialog.isKey(item)) assertTrue(module.isInputResolved(item.getName()), item.getName());
		}
	}

	/** Of every command: each key has help, each dialog a header; the texts and buttons of dialogs are no keys. */
	@Test
	void everyKeyIsExplained() {
		for (final CommandInfo info : context.service(CommandService.class).getCommandsOfType(Command.class)) {
			if (!info.getDelegateClassName().startsWith("io.github.isophene.commands.")) continue;
			boolean keys = false;
			boolean header = false;
			for (final ModuleItem<?> item : info.inputs()) {
				header |= item.getName().equals("header") && item.getVisibility() == ItemVisibility.MESSAGE;
				if (!CommandDialog.isKey(item)) continue;
				keys = true;
				final String name = info.getTitle() + " " + item.getName();
				assertFalse(item.getLabel() == null || item.getLabel().isBlank(), name + " has no label");
				assertFalse(item.getDescription() == null || item.getDescription().isBlank(),
					name + " has no description");
				assertFalse(
					item.getChoices() != null &&
						item.getChoices().stream().anyMatch(c -> c == null || c.toString().isEmpty()),
					name + " has an empty choice, with which SciJava opens no dialog");
				assertFalse(item.isPersisted(), name + " would be remembered where no dialog is shown");
			}
			assertEquals(keys, header, info.getTitle());
		}
	}

	@Test
	void aTableThatChangesIsLookedAtAgain() throws Exception {
		final Path table = folder.resolve("screen.csv");
		Files.writeString(table,
			"Metadata_Plate,Metadata_Well,Metadata_Site,FileName_OrigDNA,PathName_OrigDNA\nP,A01,1,a.tif,.\n");
		final Module command = dialog();
		command.setInput("screen", table.toFile());
		assertFalse(command(command).suggestions("label").contains("Metadata_Drug"));
		Files.writeString(table,
			"Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_Drug,FileName_OrigDNA,PathName_OrigDNA\nP,A01,1,x," +
				"a.tif,.\n");
		Files.setLastModifiedTime(table,
			java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 5000));
		assertTrue(command(command).suggestions("label").contains("Metadata_Drug"),
			command(command).suggestions("label").toString());
	}

	/** "Ready" would be a promise. */
	@Test
	void refusesFilesThatAreNoTables() throws Exception {
		final Path nonsense = Files.writeString(folder.resolve("nonsense.csv"), "a,b\n1,2\n");
		final Path empty = Files.createFile(folder.resolve("empty.csv"));
		final Path picture = Files.copy(Path.of("src/site/markdown/images/demo-classes.png"),
			folder.resolve("picture.csv"));
		final Path junk = Files.write(folder.resolve("junk.parquet"), new byte[]{1, 2, 3});
		for (final Class<? extends Command> type : List.of(ExportScreen.class, EmbedScreen.class, FineTuneModel.class,
			AdaptAndPredict.class, CompareAdaptations.class))
		{
			for (final Path file : List.of(nonsense, empty, picture)) refuses(type, "screen", file);
		}
		for (final Path file : List.of(empty, picture, junk)) {
			refuses(CorrectProfiles.class, "profiles", file);
			refuses(AssessBatchEffects.class, "profiles", file);
		}
	}

	/** The pattern that one folder has is not that of the next one. */
	@Test
	void aFolderWithoutImagesOrWellsIsRefusedAndKeepsNoPattern() throws Exception {
		final Path plate = Files.createDirectory(folder.resolve("plate"));
		for (final String name : List.of("A01_s1_DAPI.tif", "B02_s1_DAPI.tif")) Files.createFile(plate.resolve(name));
		final Path empty = Files.createDirectory(folder.resolve("empty"));
		final Path notes = Files.createDirectory(folder.resolve("notes"));
		Files.createFile(notes.resolve("todo.txt"));
		final Path photos = Files.createDirectory(folder.resolve("photos"));
		for (final String name : List.of("garden.tif", "house.tif")) Files.createFile(photos.resolve(name));
		final Module open = dialog(OpenScreen.class);
		for (final Path other : List.of(empty, notes, photos)) {
			open.setInput("source", plate.toFile());
			assertTrue(advice(open).startsWith("Ready."), advice(open));
			open.setInput("source", other.toFile());
			assertTrue(advice(open).startsWith("Folder or file: ") && advice(open).contains(
				other == empty ? "is empty" : other == notes ? "holds no TIFF" : "can be a well"), advice(open));
			assertEquals("", open.getInput("pattern"));
			assertFalse(((Suggestions) open.getDelegateObject()).dialog().isReady());
		}
		open.setInput("pattern", "(?<well>[a-z]+)[.]tif");
		assertTrue(advice(open).contains("'garden' is no well"), advice(open));
	}

	@Test
	void compareHoldsOutWhatASmallScreenAllows() throws Exception {
		final StringBuilder rows = new StringBuilder(
			"FileName_OrigDNA,PathName_OrigDNA,Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_Batch\n");
		for (int plate = 1; plate <= 6; plate++)
			rows.append("a.tif,.,P").append(plate).append(",A01,1,B").append((plate + 1) / 2).append('\n');
		final Module compare = dialog(CompareAdaptations.class);
		compare.setInput("screen", Files.writeString(folder.resolve("three.csv"), rows).toFile());
		advice(compare);
		assertEquals("1", compare.getInput("heldout"));
		assertEquals(2, compare.getInput("indomain"));
		for (int plate = 7; plate <= 14; plate++)
			rows.append("a.tif,.,P").append(plate).append(",A01,1,B").append((plate + 1) / 2).append('\n');
		compare.setInput("screen", Files.writeString(folder.resolve("seven.csv"), rows).toFile());
		advice(compare);
		assertEquals("2", compare.getInput("heldout"));
		assertEquals(4, compare.getInput("indomain"));
		compare.setInput("heldout", "B1");
		compare.setInput("indomain", 3);
		advice(compare);
		assertEquals("B1", compare.getInput("heldout"));
		assertEquals(3, compare.getInput("indomain"));
	}

	@Test
	void restoredDefaultsAreFilledInAsInANewDialog() {
		LastStep.put("screen", SCREEN.getPath());
		final Module train = dialog();
		advice(train);
		final Object proposed = train.getInput("model");
		train.setInput("screen", new File("nowhere.csv"));
		train.setInput("model", new File("mine.zip"));
		command(train).dialog().restoreDefaults();
		advice(train);
		assertEquals(SCREEN, train.getInput("screen"));
		assertEquals(proposed, train.getInput("model"));
	}

	/** A long sentence on a key would push the buttons beside the keys out of the dialog. */
	@Test
	void noSentenceMakesADialogWider() {
		final Sentence sentence = new Sentence();
		final int line = sentence.getPreferredSize().height;
		final String text = "features out that hardly vary, ".repeat(5);
		sentence.reserve(Stream.of("short", text));
		sentence.say(text);
		assertEquals(10, sentence.getPreferredSize().width);
		assertEquals(10, sentence.getMinimumSize().width);
		assertTrue(sentence.getPreferredSize().height > 2 * line, line + " " + sentence.getPreferredSize());
	}

	private void refuses(final Class<? extends Command> type, final String key, final Path file) {
		final Module module = dialog(type);
		module.setInput(key, module.getInfo().getInput(key).getType() == File.class ? file.toFile() : file.toString());
		final String advice = advice(module);
		final String label = module.getInfo().getInput(key).getLabel().replaceFirst("( \\(|,).*", "");
		assertTrue(advice.startsWith(label + ": ") && advice.contains(file.getFileName().toString()),
			type.getSimpleName() + ": " + advice);
	}

	@Test
	void refusesFilesThatAreNoModels() throws Exception {
		final Path junk = Files.writeString(folder.resolve("junk.zip"), "no zip");
		final Module command = dialog(AdaptAndPredict.class);
		command.setInput("screen", SCREEN);
		command.setInput("model", junk.toString());
		assertTrue(advice(command).contains("can't be used as a model file"), advice(command));
		command.setInput("model", "default");
		assertEquals("Model: the model 'default' has no classes; train one with Fine-tune Model", advice(command));
	}

	@Test
	void refusesFilesThatAreNoScreensPlatemapsWeightsOrLibraries() throws Exception {
		final Path empty = Files.createFile(folder.resolve("empty.txt"));
		final Path picture = Files.copy(Path.of("src/site/markdown/images/demo-classes.png"),
			folder.resolve("picture.png"));
		for (final Path file : List.of(empty, picture)) {
			refuses(OpenScreen.class, "source", file);
			refuses(ImportModel.class, "weights", file);
		}
		final Module open = dialog(OpenScreen.class);
		open.setInput("source", picture.toFile());
		assertTrue(advice(open).contains("No screen format fits"), advice(open));
		open.setInput("source", SCREEN);
		open.setInput("table", folder.resolve("table.csv").toFile());
		assertEquals("Ready. Negative controls: Metadata_pert_type=negcon.", advice(open));
		for (final Path file : List.of(empty, picture)) {
			open.setInput("platemap", file.toFile());
			assertTrue(advice(open).startsWith("Platemap: ") && advice(open).contains(file.getFileName().toString()),
				advice(open));
		}
		open.setInput("platemap", Files.writeString(folder.resolve("map.csv"), "well;drug\nA1;x\n").toFile());
		assertTrue(advice(open).startsWith("Ready. Negative controls: Metadata_pert_type=negcon.14 wells of the " +
			"screen not in the platemap "), advice(open));
		open.setInput("format", "phenix");
		assertTrue(advice(open).startsWith("Folder or file: ") && advice(open).contains("no Index.idx.xml"),
			advice(open));
		final Module weights = dialog(ImportModel.class);
		weights.setInput("model", folder.resolve("model.zip").toFile());
		final Path cut = Files.write(folder.resolve("short.safetensors"),
			new byte[]{2, 0, 0, 0, 0, 0, 0, 0, '{', '}', 1});
		weights.setInput("weights", cut.toFile());
		assertTrue(advice(weights).startsWith("Weights: ") && advice(weights).contains("short.safetensors"),
			advice(weights));
		final Module gpu = dialog(GpuSetup.class);
		gpu.setInput("action", "use");
		for (final Path file : List.of(empty, Files.copy(picture, folder.resolve("torch.zip")), folder)) {
			gpu.setInput("library", file.toFile());
			assertTrue(advice(gpu).startsWith("Library: ") && advice(gpu).contains(folder.toString()), advice(gpu));
		}
	}

	@Test
	void theOtherDialogsAreNotReadyTooSoon() {
		final Module gpu = dialog(GpuSetup.class);
		assertEquals("Ready.", advice(gpu));
		gpu.setInput("action", "use");
		assertTrue(advice(gpu).startsWith("Library is missing"), advice(gpu));
		gpu.setInput("library", folder.resolve("nowhere").toFile());
		assertTrue(advice(gpu).startsWith("Library: there is no "), advice(gpu));
		final Module demo = dialog(MakeDemoScreen.class);
		demo.setInput("folder", SCREEN);
		assertTrue(advice(demo).endsWith("is a file: choose a folder"), advice(demo));
		assertTrue(advice(dialog(EmbedImage.class)).startsWith("Image is missing"));
	}

	/** In a dialog a refusal is shown once; a script gets the exception. */
	@Test
	void whatADialogStartsIsCanceledWithTheReason() {
		final Module shown = dialog(EmbedScreen.class);
		shown.setInput("screen", folder.resolve("nowhere.csv").toFile());
		shown.setInput("profiles", folder.resolve("profiles.csv").toFile());
		shown.run();
		final Cancelable command = (Cancelable) shown.getDelegateObject();
		assertTrue(command.isCanceled());
		assertTrue(
			command.getCancelReason().startsWith("Embed Screen: ") && command.getCancelReason().contains("nowhere.csv"),
			command.getCancelReason());
		assertEquals(folder.resolve("nowhere.csv").toFile(), dialog(EmbedScreen.class).getInput("screen"),
			"there to be mended");
		final Module script = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(EmbedScreen.class));
		script.setInput("screen", folder.resolve("nowhere.csv").toFile());
		script.setInput("profiles", folder.resolve("profiles.csv").toFile());
		assertThrows(RuntimeException.class, script::run);
	}

	/** Help of every dialog is a page of the guide. */
	@Test
	void helpIsAPageOfTheGuide() throws Exception {
		int dialogs = 0;
		for (final CommandInfo info : context.service(CommandService.class).getCommandsOfType(Command.class)) {
			if (!info.getDelegateClassName().startsWith("io.github.isophene.commands.") ||
				info.getInput("header") == null) continue;
			final String header = (String) context.service(ModuleService.class).createModule(info).getInput("header");
			final Matcher link = Pattern.compile("/(src/site/markdown/[^']*)'>Help<").matcher(header);
			assertTrue(link.find(), info.getTitle() + " has no help");
			assertTrue(Files.isRegularFile(Path.of(link.group(1))), info.getTitle() + " leads to " + link.group(1));
			dialogs++;
		}
		assertEquals(17, dialogs);
	}
}
