// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The last step of {@code mvn -Pupdate-site package}: makes what Maven has put together fit
 * for Fiji, checks it, and says how large it is.
 */
public final class UpdateSiteBuild {

	private UpdateSiteBuild() {}

	/**
	 * Run it in the folder of the project.
	 *
	 * @param args the assembled site; a Fiji to compare it with, or {@code none}
	 * @throws IllegalStateException if something is wrong; the message has a line for each fault
	 */
	public static void main(final String... args) throws IOException {
		final Path root = Path.of(args[0]);
		for (final String platform : SiteFiles.PLATFORMS) {
			final Path folder = root.resolve("jars").resolve(platform);
			try (var jars = Files.newDirectoryStream(folder, "pytorch-native-cpu-*.jar")) {
				for (final Path jar : jars) ModuleName.set(jar, "ai.djl.pytorch.natives");
			}
		}
		final Path facts = Path.of("update-site");
		final SiteFiles site = SiteFiles.read(root);
		final FijiPins fiji = FijiPins.read(facts);
		final ClashCheck check = new ClashCheck(site, fiji);
		final List<
			String> faults = new ArrayList<>(check.faults(FijiPins.table(facts.resolve("contents.tsv")).keySet()));
		faults.addAll(check.expected(classPath()));
		final String parent = parent(Path.of("pom.xml"));
		if (!parent.equals(fiji.parent()))
			faults.add("update-site/fiji-pins.tsv is of pom-scijava " + fiji.parent() + ", but pom.xml has " + parent +
				": make it again with src/test/python/fiji_pins.py");
		if (!args[1].equals("none")) faults.addAll(check.against(Path.of(args[1])));
		if (!faults.isEmpty())
			throw new IllegalStateException(
				"The update site in " + root + " has faults:\n  " + String.join("\n  ", faults));
		for (final String platform : SiteFiles.PLATFORMS) {
			System.out.printf(Locale.ROOT, "%-12s %4d MB%n", platform, Math.round(site.bytes(platform) / 1e6));
		}
		System.out.println(site.files().size() + " files in " + root + ", no clash with what pom-scijava " +
			fiji.parent() + " pins for Fiji" + (args[1].equals("none") ? "" : " nor with " + args[1]));
	}

	/** The jars this is built with. */
	static List<Path> classPath() {
		final List<Path> jars = new ArrayList<>();
		ClassLoader loader = UpdateSiteBuild.class.getClassLoader();
		// Maven runs this in a class loader of its own; a test has everything on the class path.
		if (loader instanceof java.net.URLClassLoader urls) {
			for (final java.net.URL url : urls.getURLs()) jars.add(Path.of(java.net.URI.create(url.toString())));
		}
		else
			Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
				.map(Path::of)
				.forEach(jars::add);
		return jars;
	}

	static String parent(final Path pom) throws IOException {
		final String text = Files.readString(pom);
		return text.substring(text.indexOf("<version>") + "<version>".length(), text.indexOf("</version>"));
	}
}
