// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import ij.ImagePlus;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.ScreenPredictionReport;
import io.github.isophene.adaptation.calibration.CalibrationOptions;
import io.github.isophene.adaptation.calibration.CalibrationReport;
import io.github.isophene.assessment.Assessment;
import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.comparison.ComparisonOptions;
import io.github.isophene.comparison.ComparisonReport;
import io.github.isophene.comparison.SourceOptions;
import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.virtual.VirtualPlateOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.embedding.ImagePlanes;
import io.github.isophene.embedding.ImagePlusPlanes;
import io.github.isophene.embedding.ImageProfiles;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.EngineState;
import io.github.isophene.export.ExportOptions;
import io.github.isophene.export.ExportReport;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.finetuning.FineTuneReport;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelSource;
import io.github.isophene.network.imports.ImportOptions;
import io.github.isophene.network.imports.ModelImport;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.run.RunOutline;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.setup.GpuSetupOptions;
import io.github.isophene.training.objective.PerturbationPreview;
import io.github.isophene.training.objective.PreviewOptions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.service.SciJavaService;

/**
 * The typed API behind every door: menu items, macros, scripts and headless runs all end
 * here. In a Groovy or Jython script:
 *
 * <pre>
 * #@ IsopheneService isophene
 * screen = isophene.openScreen("/data/plate1")
 * report = isophene.embedScreen(screen, EmbeddingOptions.into(Path.of("/data/plate1.parquet")))
 * </pre>
 *
 * Every method blocks until done, shows its progress as a SciJava task, and can be
 * canceled there or by interrupting the thread, which ends it with a
 * {@link java.util.concurrent.CancellationException}. Bad input gives an
 * {@link IOException} or {@link IllegalArgumentException} whose message names the file,
 * the row or the key and the remedy.
 */
public interface IsopheneService extends SciJavaService {

	/**
	 * Writes a simulated screen with known phenotypes and known batch effects.
	 *
	 * @param folder a new or empty folder
	 * @return the screen that was written; its table is {@code screen.csv} in the folder
	 */
	Screen makeDemoScreen(Path folder, DemoOptions options) throws IOException;

	/**
	 * Writes plates of real cells with known technical effects: wells of a screen, resampled by seed.
	 *
	 * @param source real wells, with a column of classes
	 * @param folder a new or empty folder
	 * @return the screen that was written; its table is {@code screen.csv} in the folder
	 */
	Screen makeVirtualPlates(Screen source, Path folder, VirtualPlateOptions options) throws IOException;

	/**
	 * Opens a screen in whichever format fits.
	 *
	 * @param source a folder, an index file or a table
	 */
	default Screen openScreen(final Path source) throws IOException {
		return openScreen(source, "auto", "", null);
	}

	/**
	 * {@link #openScreen(Path)} for scripts, where paths are texts, and for addresses: {@code https://...},
	 * {@code s3://...}.
	 */
	default Screen openScreen(final String source) throws IOException {
		return openScreen(source, "auto", "", null);
	}

	/**
	 * Opens a screen.
	 *
	 * @param source a folder, an index file or a table
	 * @param format a format's name, or {@code auto}
	 * @param pattern for {@code format=pattern}: a regular expression with named groups; otherwise empty
	 * @param platemap a table that adds metadata to wells, or {@code null}
	 */
	default Screen openScreen(final Path source, final String format, final String pattern, final Path platemap)
		throws IOException
	{
		return openScreen(source.toString(), format, pattern, platemap);
	}

	/**
	 * Opens a screen.
	 *
	 * @param source a folder, an index file, a table, or the address of an OME-Zarr plate: {@code https://...},
	 * {@code s3://...}
	 * @param format a format's name, or {@code auto}
	 * @param pattern for {@code format=pattern}: a regular expression with named groups; otherwise empty
	 * @param platemap a table that adds metadata to wells, or {@code null}
	 */
	Screen openScreen(String source, String format, String pattern, Path platemap) throws IOException;

	/**
	 * Opens a screen.
	 *
	 * @param source a folder, an index file, a table, or the address of an OME-Zarr plate: {@code https://...},
	 * {@code s3://...}
	 * @param format a format's name, or {@code auto}
	 * @param options pattern, images on the network, and the receiver of warnings
	 * @param platemap a table that adds metadata to wells, or {@code null}
	 * @throws IOException if no format fits, or a file on this machine lists images on the network and the options
	 *           don't allow them
	 */
	Screen openScreen(String source, String format, ScreenOptions options, Path platemap) throws IOException;

	/** Writes a screen as a screen table (CSV). */
	void writeScreen(Screen screen, Path table) throws IOException;

	/**
	 * Writes a screen's images as OME-Zarr plates, which napari, MoBIE and ome-zarr-py open, with what is known
	 * of the wells. Fields that
	 * can't be read are named in an errors file; the run goes on. A run that was stopped goes on where it was.
	 *
	 * @return what was written; its screen and table name the new images
	 * @throws IOException if no field at all could be read, or nothing can be written
	 */
	ExportReport exportScreen(Screen screen, ExportOptions options) throws IOException;

	/**
	 * Opens a model.
	 *
	 * @param nameOrFile {@code default}, {@code fixed-seed}, or a model file
	 */
	Model openModel(String nameOrFile) throws IOException;

	/**
	 * Embeds every field of a screen and writes the profiles. Fields that can't be read are
	 * named in an errors file beside the profiles; the run goes on.
	 *
	 * @throws IOException if no field at all could be embedded, or the profiles can't be written
	 */
	EmbeddingReport embedScreen(Screen screen, EmbeddingOptions options) throws IOException;

	/**
	 * As {@link #embedScreen(Screen, EmbeddingOptions)}, with a network that was opened before: for many runs with one
	 * model. Model and device of the options aren't looked at.
	 *
	 * @param network stays open
	 */
	EmbeddingReport embedScreen(Screen screen, TileNetwork network, EmbeddingOptions options) throws IOException;

	/**
	 * Checks what {@link #embedScreen(Screen, TileNetwork, EmbeddingOptions)} would do, and tells it.
	 *
	 * @throws IllegalArgumentException naming the key that doesn't fit
	 */
	RunOutline outlineEmbedding(Screen screen, TileNetwork network, EmbeddingOptions options) throws IOException;

	/**
	 * Trains a model on a screen and writes it, with its log as CSV and as a plot. A training that
	 * was interrupted goes on from its checkpoint. If it is canceled after the first epoch, the best
	 * model so far is written.
	 *
	 * @throws IOException if an image can't be read, or a file can't be written
	 */
	FineTuneReport fineTune(Screen screen, FineTuneOptions options) throws IOException;

	/**
	 * Predicts every field of a screen that isn't a negative control, with the models adapted to
	 * each plate, and writes a row per field, per well, and per plate and model. Labels that the
	 * screen may have are handed through and never used. Fields that can't be read are named in an
	 * errors file beside the predictions; the run goes on.
	 *
	 * @throws IllegalArgumentException if a key, a model's channels or a plate's controls don't fit; all plates without
	 *           controls are named before the first image is read
	 * @throws IOException if no field at all could be predicted, or the tables can't be written
	 */
	default ScreenPredictionReport predictScreen(final Screen screen, final ScreenPredictionOptions options)
		throws IOException
	{
		return predictScreen(screen, options, ModelSource.FILES);
	}

	/**
	 * As {@link #predictScreen(Screen, ScreenPredictionOptions)}, for many runs with models that are loaded once.
	 *
	 * @param models where the models that the options name come from
	 */
	ScreenPredictionReport predictScreen(Screen screen, ScreenPredictionOptions options, ModelSource models)
		throws IOException;

	/**
	 * Checks what {@link #predictScreen(Screen, ScreenPredictionOptions, ModelSource)} would do, and tells it.
	 *
	 * @throws IllegalArgumentException naming the key, the channels or the plates that don't fit
	 */
	RunOutline outlinePrediction(Screen screen, ScreenPredictionOptions options, ModelSource models) throws IOException;

	/**
	 * Compares ways of training and of adapting on a screen: trains on some batches, tests on
	 * others, several times. A comparison that was interrupted goes on with the same folder.
	 *
	 * @param source what to take from the screen
	 * @throws IOException if an image can't be read, a file can't be written, or a training diverges
	 */
	ComparisonReport compareAdaptations(Screen screen, SourceOptions source, ComparisonOptions options)
		throws IOException;

	/**
	 * Embeds the tiles of one image in memory.
	 *
	 * @param image [X, Y] or [X, Y, C]
	 * @param model {@code default}, or a model file
	 * @param tile side of a tile in pixels; 0: the model's own
	 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
	 * @return one row per tile
	 */
	default ProfileTable embedImage(final RandomAccessibleInterval<?> image, final String model, final int tile,
		final String device) throws IOException
	{
		return embedImage(image, model, tile, device, FeatureSet.NETWORK);
	}

	/**
	 * As {@link #embedImage(RandomAccessibleInterval, String, int, String)}, with other features.
	 *
	 * @param features of a tile; in the names of statistics channels are numbers, from 1
	 */
	ProfileTable embedImage(RandomAccessibleInterval<?> image, String model, int tile, String device,
		FeatureSet features) throws IOException;

	/**
	 * Embeds the tiles of all slices and frames of an ImageJ image with the default model. What ImageJ calls a
	 * channel is a channel; slices and
	 * frames are rows of their own, {@code Metadata_Slice} and {@code Metadata_Frame}.
	 *
	 * @param image with or without a selection, whose tiles alone are embedded
	 * @return one row per tile
	 * @throws IllegalArgumentException if the image is a color image, black, or has no finite pixel
	 */
	default ProfileTable embedImage(final ImagePlus image) throws IOException {
		return embedImage(image, Model.DEFAULT, 0, "auto");
	}

	/**
	 * Embeds all slices and frames of an ImageJ image as {@link #embedImage(ImagePlus)} does, with another
	 * model, tile or device.
	 */
	default ProfileTable embedImage(final ImagePlus image, final String model, final int tile, final String device)
		throws IOException
	{
		return embedImage(image, model, tile, device, FeatureSet.NETWORK);
	}

	/**
	 * As {@link #embedImage(ImagePlus, String, int, String)}, with other features.
	 *
	 * @param features of a tile; in the names of statistics channels are numbers, from 1
	 */
	default ProfileTable embedImage(final ImagePlus image, final String model, final int tile, final String device,
		final FeatureSet features) throws IOException
	{
		ImagePlusPlanes.check(image);
		return embedPlanes(new ImagePlusPlanes(image, true), model, tile, device, features).tiles();
	}

	/**
	 * Embeds the tiles of an open image, or of a part of it, plane by plane.
	 *
	 * @param model {@code default}, or a model file
	 * @param tile side of a tile in pixels; 0: the model's own
	 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
	 */
	default ImageProfiles embedPlanes(final ImagePlanes planes, final String model, final int tile, final String device)
		throws IOException
	{
		return embedPlanes(planes, model, tile, device, FeatureSet.NETWORK);
	}

	/**
	 * As {@link #embedPlanes(ImagePlanes, String, int, String)}, with other features.
	 *
	 * @param features of a tile; in the names of statistics channels are numbers, from 1
	 */
	ImageProfiles embedPlanes(ImagePlanes planes, String model, int tile, String device, FeatureSet features)
		throws IOException;

	/**
	 * Predicts the class of embedded tiles, with the statistics that the model has stored.
	 *
	 * @param tiles as {@link #embedImage} or {@link #embedPlanes} give them for this model
	 * @return the same rows with {@code Metadata_Predicted_<label>} and {@code prob_<class>} in place of the features
	 * @throws IllegalArgumentException if the model has no classes, or the tiles are of another one
	 */
	ProfileTable classifyTiles(ProfileTable tiles, Model model);

	/**
	 * Groups tiles that look alike: k-means of their features, each divided by its standard deviation.
	 *
	 * @param clusters how many; no more than there are tiles are made
	 * @return for each row its cluster from 0, the largest first
	 */
	int[] clusters(ProfileTable tiles, int clusters, long seed);

	/**
	 * Shows what the perturbation of an objective does to one image: at random, and, by a model's
	 * gradient, in the worst case. {@link PreviewImages} makes pictures and files of it.
	 *
	 * @param image [X, Y] or [X, Y, C]
	 * @param channels names of its channels; empty: the model's, or numbers
	 * @throws IOException if the model can't be read
	 * @throws IllegalArgumentException if image, model, label and settings don't fit each other
	 */
	PerturbationPreview previewPerturbation(RandomAccessibleInterval<?> image, List<String> channels,
		PreviewOptions options) throws IOException;

	/** The tiles of an image [X, Y] or [X, Y, C] as views, see {@link IsopheneOps#tiles}. */
	default <T> List<RandomAccessibleInterval<T>> tiles(final RandomAccessibleInterval<T> image, final int size) {
		return IsopheneOps.tiles(image, size);
	}

	/** An image with its intensities normalized, see {@link IsopheneOps#normalize}. */
	default Img<FloatType> normalize(final RandomAccessibleInterval<?> image, final String intensity) {
		return IsopheneOps.normalize(image, intensity);
	}

	/**
	 * Adds to an existing or imported model the relation between a plate's controls and the batch that the network
	 * expects, learned on a screen whose plates hold a usual mixture of treatments: what statistics = calibrated needs.
	 *
	 * @throws IOException if the model or an image can't be read, or the file can't be written
	 */
	CalibrationReport calibrateModel(Screen screen, CalibrationOptions options) throws IOException;

	/**
	 * Makes a model file of weights that were trained elsewhere. No code of the file is run.
	 *
	 * @param weights a .safetensors file, a PyTorch state dict (.pt, .pth) or a TorchScript archive
	 * @param model the model file to write
	 */
	ModelImport importModel(Path weights, ImportOptions options, Path model) throws IOException;

	/**
	 * Corrects a file of profiles, so that plates and batches are comparable, and writes the
	 * result and, if asked for, what was learned.
	 *
	 * @return a line on what was done
	 */
	String correctProfiles(CorrectionOptions options) throws IOException;

	/**
	 * Corrects a table of profiles in memory.
	 *
	 * @param method corrections separated by commas, settings after colons: {@code mad_robustize,sphering:zca:0.1}
	 * @param context columns, controls and seed
	 * @return the corrected table, and what was learned, to be applied to further tables
	 */
	CorrectionChain.Result correct(ProfileTable profiles, String method, CorrectionContext context);

	/**
	 * Measures profiles, as they are and after corrections, and writes a report: what is left of
	 * the batch effect, and what of the biology is there.
	 *
	 * @return what was found, as the report shows it
	 */
	Assessment assessBatchEffects(AssessmentOptions options) throws IOException;

	/**
	 * Chooses the native library that the engine starts with, for computing on a GPU.
	 *
	 * @return what was done, in sentences
	 * @throws IOException if a library doesn't fit or can't be had; nothing is changed then
	 */
	String setUpGpu(GpuSetupOptions options) throws IOException;

	/** Returns the status of the tensor engine and the device it computes on; never throws. */
	EngineState engineStatus();
}
