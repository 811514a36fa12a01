// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants clashing jars in a small update site and sees the check go red. */
class ClashCheckTest {

	private static final Path FACTS = Path.of("update-site");
	private static final String NATIVES = "jars/linux64/pytorch-native-cpu-2.7.1.jar";

	@TempDir
	private Path folder;
	private Path root;
	private FijiPins fiji;

	@BeforeEach
	void aSiteWithoutFault() throws IOException {
		fiji = FijiPins.read(FACTS);
		root = folder.resolve("site");
		jar("plugins/isophene-1.0.0.jar", "io/github/isophene/Main.class");
		jar("jars/fastcsv-4.4.0.jar", "de/siegmar/fastcsv/CsvReader.class");
		jar("jars/ai.djl.api-0.36.0.jar", "ai/djl/Device.class");
		manifest(NATIVES, "ai.djl.pytorch.natives");
		assertEquals(List.of(), check().faults(Set.of("plugins/isophene.jar", "jars/fastcsv.jar", "jars/ai.djl.api.jar",
			"jars/linux64/pytorch-native-cpu.jar")));
	}

	@ParameterizedTest
	@CsvSource({"jna-5.17.0.jar,net.java.dev.jna:jna", "gson-2.11.0.jar,com.google.code.gson:gson",
		"jackson-core-2.17.0.jar,com.fasterxml.jackson.core:jackson-core",
		"commons-io-2.16.1.jar,commons-io:commons-io",
		"commons-compress-1.27.1.jar,org.apache.commons:commons-compress", "slf4j-api-2.0.9.jar,org.slf4j:slf4j-api",
		"slf4j-simple-2.0.17.jar,org.slf4j:slf4j-simple", "jfreechart-1.5.6.jar,org.jfree:jfreechart"})
	void aLibraryThatFijiPinsIsRefusedByItsName(final String file, final String artifact) throws IOException {
		jar("jars/" + file);
		assertFault(check().pinned(), "jars/" + file + " would replace Fiji's own " + artifact);
	}

	@Test
	void aLibraryUnderAnotherNameIsKnownByWhatItSaysOfItself() throws IOException {
		jar("jars/my-tools-1.0.jar", "META-INF/maven/org.ejml/ejml-simple/pom.properties");
		assertFault(check().pinned(), "jars/my-tools-1.0.jar is or holds org.ejml:ejml-simple:1.0");
	}

	@ParameterizedTest
	@CsvSource({"com/google/gson/Gson.class,com.google.code.gson:gson", "com/sun/jna/Native.class,net.java.dev.jna:jna",
		"org/slf4j/impl/StaticLoggerBinder.class,org.slf4j:slf4j-api", "ij/IJ.class,net.imagej:ij",
		"org/apache/commons/lang3/StringUtils.class,org.apache.commons:commons-lang3",
		"com/fasterxml/jackson/databind/ObjectMapper.class,com.fasterxml.jackson.core:jackson-core"})
	void classesOfFijisLibrariesInsideAnythingAreRefused(final String entry, final String owner) throws IOException {
		jar("jars/all-in-one-1.0.jar", entry, "one/Own.class");
		assertFault(check().foreignClasses(), "jars/all-in-one-1.0.jar holds 1 classes in packages of " + owner);
	}

	@Test
	void packagesThatOnlyBeginAlikeAreNobodys() throws IOException {
		jar("jars/other-1.0.jar", "ijx/Own.class", "com/google/gsonlike/Own.class", "org/jsonp/Own.class");
		assertEquals(List.of(), check().foreignClasses());
	}

	@Test
	void theSameClassOrFileTwiceIsRefused() throws IOException {
		jar("jars/fast-1.0.jar", "de/siegmar/fastcsv/CsvReader.class");
		assertFault(check().twice(), "jars/fast-1.0.jar and jars/fastcsv-4.4.0.jar have 1 classes in common");
		jar("jars/fastcsv-4.5.0.jar");
		assertFault(check().twice(), "jars/fastcsv-4.5.0.jar and jars/fastcsv-4.4.0.jar are versions of the same file");
	}

	@Test
	void aJarThatWouldKeepFijiFromStartingIsRefused() throws IOException {
		manifest(NATIVES, "ai.djl.pytorch_native_cpu_linux-x86_64");
		assertFault(check().modules(), "Fiji wouldn't start with jars/linux64 as module path");
		ModuleName.set(root.resolve(NATIVES), "ai.djl.pytorch.natives");
		assertEquals(List.of(), check().modules());
		// Without a name in its manifest it would have that of the file, with the keyword "native" in it.
		jar(NATIVES);
		assertFault(check().modules(), "Fiji wouldn't start with jars/linux64 as module path");
	}

	@Test
	void whatIsNotOnTheListOfContentsOrIsMissingIsNamed() throws IOException {
		jar("jars/surprise-1.0.jar");
		final List<
			String> faults = check().contents(Set.of("plugins/isophene.jar", "jars/fastcsv.jar", "jars/ai.djl.api.jar",
				"jars/linux64/pytorch-native-cpu.jar", "jars/win64/pytorch-native-cpu.jar", "macros/Isophene/"));
		assertEquals(List.of("jars/surprise-1.0.jar is not on the list of contents",
			"jars/win64/pytorch-native-cpu.jar of the list of contents is missing",
			"macros/Isophene/ of the list of contents is missing"), faults);
	}

	@Test
	void aFijiThatIsThereIsComparedClassByClass() throws IOException {
		final Path site = root;
		root = folder.resolve("Fiji");
		jar("plugins/Other_Tool-3.0.jar", "de/siegmar/fastcsv/CsvReader.class");
		for (final String artifact : fiji.expected().keySet()) {
			if (!artifact.endsWith(":jfreechart"))
				jar("jars/" + artifact.substring(artifact.indexOf(':') + 1) + "-1.0.jar");
		}
		final List<String> faults = new ClashCheck(SiteFiles.read(site), fiji).against(root);
		assertEquals(2, faults.size(), faults.toString());
		assertFault(faults, "jars/fastcsv-4.4.0.jar and plugins/Other_Tool-3.0.jar have 1 classes in common");
		assertFault(faults, root + " has no org.jfree:jfreechart");
	}

	@Test
	void whatWeCountOnIsPinnedInTheVersionThatWeBuildWith() throws IOException {
		assertEquals(List.of(), check().expected(UpdateSiteBuild.classPath()));
		assertFault(check().expected(List.of(Path.of("/repository/com/google/code/gson/gson/2.11.0/gson-2.11.0.jar"))),
			"Fiji has com.google.code.gson:gson 2.10.1, but this is built with gson-2.11.0.jar");
	}

	@Test
	void theListOfPinsIsOfOurParent() throws IOException {
		assertEquals(UpdateSiteBuild.parent(Path.of("pom.xml")), fiji.parent(),
			"make it again: src/test/python/fiji_pins.py");
	}

	/** Whatever our classes use is uploaded or in Fiji. */
	@Test
	void nothingThatOurClassesUseIsForgotten() throws Exception {
		final Set<String> had = new TreeSet<>();
		for (final String artifact : fiji.expected().keySet()) had.add(artifact.substring(artifact.indexOf(':') + 1));
		for (final String path : FijiPins.table(FACTS.resolve("contents.tsv")).keySet()) {
			had.add(path.replaceAll(".*/|\\.jar$", "").replace("ai.djl.api", "api"));
		}
		final TreeSet<String> forgotten = new TreeSet<>();
		for (final var from : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.isophene"))
		{
			for (final var arrow : from.getDirectDependenciesFromSelf()) {
				final var source = arrow.getTargetClass().getBaseComponentType().getSource();
				if (source.isEmpty() || !source.get().getUri().toString().contains(".jar!")) continue;
				final String jar = source.get()
					.getUri()
					.toString()
					.replaceFirst("\\.jar!.*", ".jar")
					.replaceFirst(".*/", "");
				final String name = SiteJar.unversioned(jar).replace(".jar", "");
				// All of Bio-Formats in one jar, for trying it without SciJava's Maven repository.
				if (name.equals("bioformats_package")) continue;
				if (!had.contains(name)) forgotten.add(jar + " (" + from.getName() + ")");
			}
		}
		assertTrue(forgotten.isEmpty(),
			() -> "neither in update-site/contents.tsv nor in expected-in-fiji.tsv: " + forgotten);
	}

	private ClashCheck check() throws IOException {
		return new ClashCheck(SiteFiles.read(root), fiji);
	}

	private void manifest(final String path, final String module) throws IOException {
		write(path, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nAutomatic-Module-Name: " + module + "\r\n\r\n");
	}

	private void jar(final String path, final String... entries) throws IOException {
		final String[] all = new String[2 * entries.length];
		for (int i = 0; i < entries.length; i++) {
			all[2 * i] = entries[i];
			final String[] parts = entries[i].split("/");
			all[2 * i + 1] = entries[i].endsWith("pom.properties")
				? "groupId=" + parts[2] + "\nartifactId=" + parts[3] + "\nversion=1.0\n"
				: "";
		}
		write(path, all);
	}

	/** @param contents name and text of each entry */
	private void write(final String path, final String... contents) throws IOException {
		final Path file = root.resolve(path);
		Files.createDirectories(file.getParent());
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry("a.txt"));
			for (int i = 0; i < contents.length; i += 2) {
				zip.putNextEntry(new ZipEntry(contents[i]));
				zip.write(contents[i + 1].getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private static void assertFault(final List<String> faults, final String start) {
		assertFalse(faults.isEmpty(), "no fault was found");
		assertTrue(faults.stream().anyMatch(f -> f.startsWith(start)), () -> start + " is not among " + faults);
	}
}
