// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

import io.github.isophene.network.WeightFormat;
import org.scijava.log.LogService;

/**
 * Warns before the code of a TorchScript file is run, and asks where there is somebody to
 * ask: once per file and session.
 */
final class CodeWarning {

	private final LogService log;
	private final Predicate<String> agrees;
	private final Set<String> known = new HashSet<>();

	/** @param agrees asks a question to be answered with yes or no; without anybody to ask it says yes */
	CodeWarning(final LogService log, final Predicate<String> agrees) {
		this.log = log;
		this.agrees = agrees;
	}

	/**
	 * Call before a model is opened.
	 *
	 * @param model a name or file
	 * @throws CancellationException if the answer is no; nothing of the file was run
	 */
	synchronized void before(final String model) throws IOException {
		if (!model.matches("(?i).*\\.(pt|pth|ts)") || !Files.isRegularFile(Path.of(model))) return;
		final Path file = Path.of(model).toRealPath();
		if (WeightFormat.of(file) != WeightFormat.TORCHSCRIPT) return;
		final String version = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
		if (known.contains(version)) return;
		final String warning = file + " is a TorchScript file: it holds a program, which runs with all your rights on this computer." +
			" Use it only if you trust whoever made it (Import Model takes the weights of a ResNet without its program)";
		log.warn(warning);
		if (!agrees.test(warning + ".\n\nRun it?")) throw new CancellationException("The program in " + file + " was not run");
		known.add(version);
	}
}
