// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The plan of the house: which room (package) may know which. An arrow that the
 * plan doesn't have is a fault in the code or a decision to be made here.
 */
class RoomsTest {

	private static final String HOUSE = "io.github.isophene";

	/** Each room, top floor first, and the rooms it may know: always lower ones. */
	private static final Map<String, List<String>> PLAN = new LinkedHashMap<>();
	static {
		// Built by the profile fiji only.
		PLAN.put("imagej", List.of("", "profiles", "pixels", "network", "screen"));
		PLAN.put("bioformats", List.of("pixels", "screen", "files"));
		// Built by the profile spark only.
		PLAN.put("spark", List.of("", "assessment", "adaptation", "embedding", "network", "engine", "profiles", "screen", "files"));
		PLAN.put("cli", List.of(""));
		PLAN.put("commands", List.of("", "setup", "comparison", "assessment", "adaptation", "training", "embedding", "network", "engine",
			"pixels", "profiles", "plots", "screen", "demo", "export", "storage"));
		PLAN.put("", List.of("setup", "comparison", "assessment", "adaptation", "training", "embedding", "network", "engine", "pixels",
			"profiles", "plots", "screen", "demo", "export", "storage", "files"));
		PLAN.put("comparison", List.of("assessment", "adaptation", "embedding", "training", "network", "engine", "pixels", "profiles",
			"plots", "screen", "files"));
		PLAN.put("assessment", List.of("profiles", "plots", "screen", "files"));
		PLAN.put("adaptation", List.of("network", "engine", "pixels", "screen", "profiles", "files"));
		PLAN.put("embedding", List.of("profiles", "network", "engine", "pixels", "screen", "files"));
		PLAN.put("training", List.of("network", "engine", "pixels", "screen", "plots", "files"));
		PLAN.put("profiles", List.of("engine", "screen", "files"));
		PLAN.put("network", List.of("engine", "files"));
		PLAN.put("setup", List.of("engine", "files"));
		PLAN.put("engine", List.of("files"));
		PLAN.put("export", List.of("pixels", "profiles", "screen", "zarr", "storage", "files"));
		PLAN.put("pixels", List.of("screen", "zarr", "storage", "files"));
		PLAN.put("plots", List.of("files"));
		PLAN.put("demo", List.of("screen", "files"));
		PLAN.put("screen", List.of("zarr", "storage", "files"));
		PLAN.put("zarr", List.of("storage", "files"));
		PLAN.put("storage", List.of("files"));
		PLAN.put("files", List.of());
	}

	@Test
	void everyArrowPointsDown() {
		final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(HOUSE);
		assertTrue(classes.size() > 5, "no classes were found to look at");
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes) {
			final String room = room(from);
			if (!PLAN.containsKey(room)) wrong.add("no such room on the plan: " + from.getName());
			for (final Dependency arrow : from.getDirectDependenciesFromSelf()) {
				final JavaClass to = arrow.getTargetClass().getBaseComponentType();
				if (!to.getPackageName().startsWith(HOUSE)) continue;
				final String other = room(to);
				if (!other.equals(room) && !PLAN.getOrDefault(room, List.of()).contains(other)) {
					wrong.add(from.getName() + " -> " + to.getName());
				}
			}
		}
		assertTrue(wrong.isEmpty(), () -> "arrows that the plan doesn't have:\n" + String.join("\n", wrong));
	}

	@Test
	void onlyTheEngineRoomStartsTheEngine() {
		final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(HOUSE);
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes) {
			if (room(from).equals("engine")) continue;
			for (final var call : from.getMethodCallsFromSelf()) {
				final String target = call.getTargetOwner().getName() + "." + call.getName();
				if (target.startsWith("ai.djl.engine.Engine.get") || target.equals("ai.djl.ndarray.NDManager.newBaseManager"))
				{
					wrong.add(call.getDescription());
				}
			}
		}
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}

	/** See {@code engine.Numbers}. Optimisers step outside of every recording. */
	@Test
	void noGradientGoesThroughANumberOfJavas() {
		final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(HOUSE);
		final TreeSet<String> wrong = new TreeSet<>();
		for (final JavaClass from : classes) {
			if (from.isAssignableTo("io.github.isophene.training.optimizer.ParameterOptimizer")) continue;
			for (final var call : from.getMethodCallsFromSelf()) {
				if (!call.getTargetOwner().getName().equals("ai.djl.ndarray.NDArray") || !List.of("mul", "div", "pow", "maximum",
					"minimum").contains(call.getName())) continue;
				if (call.getTarget().getRawParameterTypes().get(0).getName().equals("java.lang.Number")) wrong.add(call.getDescription());
			}
		}
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}

	private static String room(final JavaClass c) {
		final String rest = c.getPackageName().substring(HOUSE.length());
		return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
	}
}
