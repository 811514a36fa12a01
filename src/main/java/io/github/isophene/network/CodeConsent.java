// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns before the program in a TorchScript file is run, and asks where there is somebody
 * to ask: once per file and session. {@link TorchScriptEncoder}, the only one that runs
 * such a program, calls it, so that no way leads past it.
 */
public final class CodeConsent {

	private static final Logger LOG = LoggerFactory.getLogger(CodeConsent.class);
	private static final Set<String> KNOWN = new HashSet<>();

	private static Consumer<String> warner = LOG::warn;
	private static Predicate<String> asker = question -> true;

	private CodeConsent() {}

	/**
	 * Says who is warned and asked from now on, in the whole process.
	 *
	 * @param warn hears the warning
	 * @param agrees answers a question with yes or no; says yes where there is nobody to ask
	 */
	public static synchronized void use(final Consumer<String> warn, final Predicate<String> agrees) {
		warner = warn;
		asker = agrees;
	}

	/** Nobody is asked any more, and the warning goes to the log. */
	public static void reset() {
		use(LOG::warn, question -> true);
	}

	/** @throws CancellationException if the answer is no; nothing of the file must be run then */
	static synchronized void require(final Path given) throws IOException {
		final Path file = given.toRealPath();
		final String version = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
		if (KNOWN.contains(version)) return;
		final List<String> lines = List.of(file.toString(),
			"is a TorchScript file: it holds a program, which runs with all your" + " rights on this computer.",
			"Use it only if you trust whoever made it",
			"(Import Model takes the weights of a ResNet without its program).");
		warner.accept(String.join(" ", lines));
		if (!asker.test(String.join("\n", lines) + "\n \nRun it?")) {
			throw new CancellationException("The program in " + file + " was not run");
		}
		KNOWN.add(version);
	}
}
