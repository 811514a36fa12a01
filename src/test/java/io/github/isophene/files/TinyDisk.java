// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A disk of a few kB, or one that can't be written to, to see what happens when a real one
 * is full. Needs Linux and the rights to mount one; a test is skipped elsewhere.
 */
public final class TinyDisk implements AutoCloseable {

	private final Path folder;

	private TinyDisk(final Path folder) {
		this.folder = folder;
	}

	/** @param parent where a folder {@code disk} is made */
	public static TinyDisk of(final Path parent, final int kilobytes) throws IOException {
		return mount(parent, "size=" + kilobytes + "k");
	}

	/** A disk that nobody can write to, not even root. */
	public static TinyDisk readOnly(final Path parent) throws IOException {
		return mount(parent, "ro");
	}

	private static TinyDisk mount(final Path parent, final String options) throws IOException {
		assumeTrue(System.getProperty("os.name").startsWith("Linux") && Files.isExecutable(Path.of("/bin/mount")));
		final Path folder = Files.createDirectories(parent.resolve("disk"));
		assumeTrue(run("mount", "-t", "tmpfs", "-o", "mode=700," + options, "none", folder.toString()),
			"may not mount a disk");
		return new TinyDisk(folder);
	}

	private static boolean run(final String... command) throws IOException {
		final Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Makes room. */
	public void resize(final int kilobytes) throws IOException {
		assertTrue(run("mount", "-o", "remount,size=" + kilobytes + "k", folder.toString()));
	}

	public Path folder() {
		return folder;
	}

	/** Nothing is on it but these files. */
	public void assertHolds(final String... names) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(names), files.map(f -> f.getFileName().toString()).sorted().toList());
		}
	}

	@Override
	public void close() throws IOException {
		if (!run("umount", folder.toString())) run("umount", "-l", folder.toString());
	}
}
