// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.isophene.IsopheneService;
import io.github.isophene.embedding.ImageEmbedder;
import io.github.isophene.engine.Engines;
import io.github.isophene.numerics.CosineSimilarity;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import net.imglib2.img.Img;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.scijava.Context;

/**
 * Separation of real fields by an encoder: tiles of each folder of microscope exports are
 * embedded, and their vectors looked at. Prints, per model and folder: number of tiles and
 * features, whether all values are finite, how many pairs of tiles have the same vector, the
 * mean cosine of pairs (1: all point the same way), the effective rank (exponential of the
 * entropy of the shares of variance: how many directions are used), as the features are and
 * after each was divided by its sd, and how often a tile's nearest neighbor, by the cosine of
 * such features, is of the same field, beside its chance.
 * <p>
 * Arguments: models separated by commas (as of {@link EncoderBench}), the folder of real data.
 * </p>
 */
public final class RealFieldsBench {

	private static final int TILE = 224;

	private RealFieldsBench() {}

	/** Tiles of a folder, and the field that each is from. */
	private record BenchTiles(List<float[]> rows, List<Integer> fields) {}

	public static void main(final String... args) throws IOException {
		Engines.setThreads(1);
		final Path data = Path.of(args.length > 1 ? args[1] : "../shared/data");
		System.out.println(
			"model,folder,tiles,features,finite,same_pairs,mean_cosine,effective_rank,effective_rank_standardized," +
				"nearest_same_field,chance");
		try (Context context = new Context()) {
			final IsopheneService isophene = context.service(IsopheneService.class);
			for (final String model : (args.length > 0 ? args[0] : "default,fixed-seed").split(",")) {
				try (ImageEmbedder embedder = new ImageEmbedder(EncoderProbes.network(model))) {
					for (final String folder : List.of("nf1", "operetta", "jump/BR00117006",
						"imagexpress/9987_Plate_3434"))
					{
						System.out.println(model + "," + folder + "," +
							describe(embed(embedder, open(isophene, data.resolve(folder)))));
					}
				}
			}
		}
	}

	private static Screen open(final IsopheneService isophene, final Path folder) throws IOException {
		return folder.endsWith("nf1")
			? isophene.openScreen(folder, "pattern",
				"(?<well>[A-Z]\\d+)_01_\\d_(?<site>\\d)_(?<channel>DAPI|GFP|RFP)_001\\.tif", null)
			: isophene.openScreen(folder);
	}

	private static BenchTiles embed(final ImageEmbedder embedder, final Screen screen) throws IOException {
		final BenchTiles tiles = new BenchTiles(new ArrayList<>(), new ArrayList<>());
		for (final Field field : screen.fields()) {
			final Img<?> image = FieldReaders.builtIn().read(field);
			if (Tiling.grid(TILE).tiles(image.dimension(0), image.dimension(1)).isEmpty()) continue;
			final ProfileTable table = embedder.embed(image, TILE);
			for (int i = 0; i < table.rowCount(); i++) {
				tiles.rows().add(table.row(i));
				tiles.fields().add(screen.fields().indexOf(field));
			}
		}
		return tiles;
	}

	private static String describe(final BenchTiles tiles) {
		final int n = tiles.rows().size();
		boolean finite = true;
		for (final float[] row : tiles.rows()) for (final float v : row) finite &= Float.isFinite(v);
		final List<float[]> standardized = standardized(tiles.rows());
		int same = 0;
		int matched = 0;
		double cosines = 0;
		double chance = 0;
		for (int i = 0; i < n; i++) {
			int best = -1;
			double most = Double.NEGATIVE_INFINITY;
			int own = 0;
			for (int j = 0; j < n; j++) {
				if (i == j) continue;
				final double c = CosineSimilarity.of(standardized.get(i), standardized.get(j));
				if (j > i) {
					cosines += CosineSimilarity.of(tiles.rows().get(i), tiles.rows().get(j));
					if (Arrays.equals(tiles.rows().get(i), tiles.rows().get(j))) same++;
				}
				if (tiles.fields().get(i).equals(tiles.fields().get(j))) own++;
				if (c > most) {
					most = c;
					best = j;
				}
			}
			chance += own / (n - 1.) / n;
			if (tiles.fields().get(i).equals(tiles.fields().get(best))) matched++;
		}
		return String.format(Locale.ROOT, "%d,%d,%s,%d,%.3f,%.1f,%.1f,%.2f,%.2f", n, tiles.rows().get(0).length, finite,
			same, cosines / (n * (n - 1) / 2.), effectiveRank(tiles.rows()), effectiveRank(standardized),
			matched / (double) n, chance);
	}

	/** Each feature minus its mean, divided by its sd; 0 where it doesn't vary. */
	private static List<float[]> standardized(final List<float[]> rows) {
		final List<float[]> result = new ArrayList<>();
		for (final float[] row : rows) result.add(new float[row.length]);
		for (int f = 0; f < rows.get(0).length; f++) {
			final int feature = f;
			final double mean = rows.stream().mapToDouble(r -> r[feature]).average().orElseThrow();
			final double sd = Math.sqrt(
				rows.stream().mapToDouble(r -> (r[feature] - mean) * (r[feature] - mean)).average().orElseThrow());
			for (int i = 0; i < rows.size(); i++)
				result.get(i)[f] = sd > 1e-6 ? (float) ((rows.get(i)[f] - mean) / sd) : 0;
		}
		return result;
	}

	/** Roy, Vetterli 2007, of the centered rows' variances. */
	private static double effectiveRank(final List<float[]> rows) {
		final int n = rows.size();
		final int features = rows.get(0).length;
		final double[] mean = new double[features];
		for (final float[] row : rows) for (int f = 0; f < features; f++) mean[f] += row[f] / n;
		final DMatrixRMaj gram = new DMatrixRMaj(n, n);
		for (int i = 0; i < n; i++) {
			for (int j = i; j < n; j++) {
				double product = 0;
				for (int f = 0; f < features; f++) product += (rows.get(i)[f] - mean[f]) * (rows.get(j)[f] - mean[f]);
				gram.set(i, j, product);
				gram.set(j, i, product);
			}
		}
		final double trace = CommonOps_DDRM.trace(gram);
		final EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, false, true);
		decomposition.decompose(gram);
		double entropy = 0;
		for (int i = 0; i < n; i++) {
			final double share = decomposition.getEigenvalue(i).getReal() / trace;
			if (share > 1e-12) entropy -= share * Math.log(share);
		}
		return Math.exp(entropy);
	}
}
