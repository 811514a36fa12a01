// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The order of the packages. A class may use its own package and those further down; an arrow upwards is a fault in
 * the code, or a decision to be made here.
 */
class RoomsTest {

	private static final String ROOT = "io.github.isophene";

	/** More files than a newcomer can survey. */
	private static final int MOST_FILES = 45;

	/** Every package, from the top down; empty: the root, with the service. */
	private static final List<String> ORDER = List.of("cli",
		// Each built by the profile of its name only.
		"spark", "imagej", "bioformats",
		//
		"commands", "commands.dialog", "",
		//
		"comparison.builtin", "comparison", "finetuning", "embedding", "adaptation.calibration", "adaptation",
		"adaptation.statistics", "adaptation.controls", "adaptation.tiles", "export", "assessment", "downstream",
		//
		"training.objective", "training", "training.optimizer", "training.data",
		//
		"metrics.builtin", "metrics", "correction.builtin", "correction",
		//
		"viewer",
		//
		"run", "profiles", "demo.virtual",
		"pixels.intensity", "pixels", "pixels.illumination", "pixels.file", "demo", "screen.format",
		"screen",
		//
		"network.imports", "network", "network.weights", "numerics", "zarr", "setup",
		//
		"engine", "feedback", "plots", "storage", "files", "guide", "messages", "plugins", "settings", "progress");

	/** Packages that must not be used, although they lie further down. */
	private static final Map<String, List<String>> SEPARATE = Map.of( //
		"metrics", List.of("correction", "pixels", "network"), //
		"correction", List.of("pixels", "network"), //
		"profiles", List.of("pixels", "network"), //
		"pixels", List.of("demo", "network", "engine"), //
		"screen", List.of("engine", "network"), //
		"demo", List.of("engine", "pixels"), //
		"zarr", List.of("engine"), //
		"assessment", List.of("pixels", "network", "training"));

	@Test
	void importsPointDown() {
		final JavaClasses classes = classes();
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes) {
			final int place = ORDER.indexOf(room(from));
			if (place < 0) wrong.add("not in the order of packages: " + from.getName());
			for (final Dependency arrow : from.getDirectDependenciesFromSelf()) {
				final JavaClass to = arrow.getTargetClass().getBaseComponentType();
				if (!to.getPackageName().startsWith(ROOT)) continue;
				if (ORDER.indexOf(room(to)) < place ||
					SEPARATE.getOrDefault(room(from), List.of()).contains(room(to)))
				{
					wrong.add(from.getName() + " -> " + to.getName());
				}
			}
		}
		assertTrue(wrong.isEmpty(), () -> "arrows against the order of packages:\n" + String.join("\n", wrong));
	}

	@Test
	void noPackageOutgrows45Files() throws IOException {
		final TreeSet<String> large = new TreeSet<>();
		for (final String root : List.of("src/main/java", "src/fiji/java", "src/spark/java")) {
			try (Stream<Path> all = Files.walk(Path.of(root))) {
				for (final Path folder : all.filter(Files::isDirectory).toList()) {
					try (Stream<Path> files = Files.list(folder)) {
						final long count = files.filter(file -> file.toString().endsWith(".java")).count();
						if (count > MOST_FILES) large.add(folder + ": " + count + " files");
					}
				}
			}
		}
		assertTrue(large.isEmpty(), () -> "divide these packages: " + large);
	}

	@Test
	void thePictureOfTheArchitectureNamesEveryPackage() throws IOException {
		final String picture = Files.readString(Path.of("src/site/markdown/images/architecture.svg"));
		for (final String name : ORDER)
			assertTrue(name.isEmpty() || picture.contains(">" + name + "<"),
				name + ": run src/test/python/architecture_picture.py");
	}

	@Test
	void onlyThePackageEngineStartsTheEngine() {
		final JavaClasses classes = classes();
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes) {
			if (room(from).equals("engine")) continue;
			for (final var call : from.getMethodCallsFromSelf()) {
				final String target = call.getTargetOwner().getName() + "." + call.getName();
				if (target.startsWith("ai.djl.engine.Engine.get") ||
					target.equals("ai.djl.ndarray.NDManager.newBaseManager"))
				{
					wrong.add(call.getDescription());
				}
			}
		}
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}

	/** All long work reports by {@code progress.Progress}; what SciJava has for it is a matter of those who show it. */
	@Test
	void onlyTheServiceAndItsFeedbackKnowTasks() {
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes()) {
			if (List.of("", "feedback", "cli").contains(room(from))) continue;
			for (final Dependency arrow : from.getDirectDependenciesFromSelf())
				if (arrow.getTargetClass().getPackageName().startsWith("org.scijava.task"))
					wrong.add(arrow.getDescription());
		}
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}

	/** See {@code engine.ScalarOps}. Optimizers step outside of every recording. */
	@Test
	void noGradientPassesThroughAJavaNumber() {
		final JavaClasses classes = classes();
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes) {
			if (from.isAssignableTo("io.github.isophene.training.optimizer.ParameterOptimizer")) continue;
			for (final var call : from.getMethodCallsFromSelf()) {
				if (!call.getTargetOwner().getName().equals("ai.djl.ndarray.NDArray") ||
					!List.of("mul", "div", "pow", "maximum", "minimum").contains(call.getName())) continue;
				if (call.getTarget().getRawParameterTypes().get(0).getName().equals("java.lang.Number"))
					wrong.add(call.getDescription());
			}
		}
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}

	/** The classes of the product, without those of tests. */
	private static JavaClasses classes() {
		final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(ROOT);
		assertTrue(classes.size() > 500, "too few classes were found to look at");
		return classes;
	}

	private static String room(final JavaClass c) {
		final String rest = c.getPackageName().substring(ROOT.length());
		return rest.isEmpty() ? "" : rest.substring(1);
	}
}
