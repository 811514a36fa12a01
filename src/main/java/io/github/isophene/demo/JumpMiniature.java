// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.messages.Count;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;

/**
 * A simulated screen in the layout of the JUMP Cell Painting data (cpg0016): a LoadData CSV
 * with {@code Metadata_Source, Metadata_Batch, Metadata_Plate, Metadata_Well, Metadata_Site}
 * and {@code Metadata_JCP2022}, and 16-bit images of five stains. For trying out what is
 * written for those data without having them.
 * <p>
 * The phenotypes are the simulator's, under the names of JUMP's compounds: the untreated
 * cells are DMSO, the others its positive controls, in the order of {@link #COMPOUNDS}. The
 * first half of the batches is source_3, the rest source_8. RNA, which the simulator
 * doesn't know, is a mixture of its ER and DNA as the camera saw them.
 * </p>
 */
public final class JumpMiniature {

	/** The negative control. */
	public static final String DMSO = "JCP2022_033924";

	/** JUMP's eight positive controls (perturbation_control.csv of jump-cellpainting/datasets). */
	public static final List<String> COMPOUNDS = List.of("JCP2022_085227", "JCP2022_037716", "JCP2022_025848",
		"JCP2022_046054", "JCP2022_035095", "JCP2022_064022", "JCP2022_050797", "JCP2022_012818");

	/** The stains, in the order in which CS-ARM-BN takes them. */
	public static final List<String> CHANNELS = List.of("RNA", "ER", "AGP", "Mito", "DNA");

	private JumpMiniature() {}

	/**
	 * Writes {@code load_data.csv} and {@code images/<source>/<batch>/<plate>/}. The same options
	 * give the same bytes.
	 *
	 * @param folder made if need be
	 * @param options at most 9 classes
	 * @param progress told after every field; may stop it
	 * @return the table
	 * @throws IllegalArgumentException if there are more classes than DMSO and the eight compounds
	 * @throws CancellationException if stopped; there is no table then
	 */
	public static Path write(final Path folder, final DemoOptions options, final Progress progress)
		throws IOException
	{
		if (options.classes() > COMPOUNDS.size() + 1)
			throw new IllegalArgumentException("classes=" + options.classes() + " is too many: there are " +
				COMPOUNDS.size() + " positive controls and DMSO");
		final FieldRenderer renderer = new FieldRenderer(options);
		final Microscope microscope = new Microscope(options);
		final List<PlannedField> planned = new ScreenPlan(options).fields();
		final List<Field> fields = new ArrayList<>();
		for (final PlannedField field : planned) {
			progress.check(() -> "Stopped after " + fields.size() + " of " + Count.of(planned.size(), "field") +
				"; " + folder + " holds no table");
			final List<short[]> seen = microscope.expose(field, renderer.render(field).channels());
			fields.add(write(folder, field, 2 * field.batch() <= options.batches() ? "source_3" : "source_8", seen,
				options.size()));
			DemoWriter.report(progress, fields.size(), planned.size());
		}
		final Path table = folder.resolve("load_data.csv");
		ScreenTable.write(new Screen(CHANNELS, fields), table);
		return table;
	}

	private static Field write(final Path folder, final PlannedField field, final String source,
		final List<short[]> seen, final int size) throws IOException
	{
		final Path images = folder.toAbsolutePath()
			.resolve("images")
			.resolve(source)
			.resolve(field.batchName())
			.resolve(field.plateName());
		Files.createDirectories(images);
		final List<Plane> planes = new ArrayList<>();
		for (final String channel : CHANNELS) {
			final Path file = images.resolve(field.well() + "_s" + field.site() + "_" + channel + ".tif");
			AtomicFile.writeSmall(file, GrayTiff.encode(pixels(channel, seen), size, size));
			planes.add(Plane.of(file.toString()));
		}
		final Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put("Metadata_Source", source);
		metadata.put("Metadata_Batch", field.batchName());
		metadata.put("Metadata_JCP2022", field.label() == 0 ? DMSO : COMPOUNDS.get(field.label() - 1));
		return new Field(field.plateName(), field.well(), Integer.toString(field.site()), metadata, planes);
	}

	private static short[] pixels(final String channel, final List<short[]> seen) {
		if (!channel.equals("RNA")) return seen.get(DemoChannel.labels().indexOf(channel));
		final short[] er = seen.get(DemoChannel.ER.ordinal());
		final short[] dna = seen.get(DemoChannel.DNA.ordinal());
		final short[] rna = new short[er.length];
		for (int i = 0; i < rna.length; i++) rna[i] = (short) ((3 * (er[i] & 0xFFFF) + (dna[i] & 0xFFFF) + 2) / 4);
		return rna;
	}
}
