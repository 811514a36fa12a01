// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.setup.GpuSetupOptions;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Chooses the native library that the engine starts with, so that it computes on a GPU. */
@Plugin(type = Command.class, name = "gpu-setup", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Setup", weight = 70),
		@Menu(label = "GPU Setup...", weight = 70.1)})
public class GpuSetup extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("GPU Setup",
		"Chooses the PyTorch library that computes. The shipped one is for the CPU; an NVIDIA GPU (Linux, Windows) " +
			"needs 2.7.1 for CUDA 12.8 and " +
			"NVIDIA's driver. It is tried before anything is changed. Nothing is downloaded unless you choose " +
			"<i>download</i> " + "(several GB).",
		"", "guide/gpu");

	@Parameter(label = "Do", choices = {"status", "use", "download", "undo"}, required = false, persist = false,
		description = "<html>status: tell what is set; use: take a library that is there;<br>" +
			"download: fetch PyTorch's own; undo: go back to the library that is shipped.</html>")
	private String action = "status";

	@Parameter(label = "Library, for use", style = "open,both", required = false, persist = false,
		description = "<html>The folder of an installed PyTorch (torch, or its environment), copied from another " +
			"machine perhaps,<br>" + "or PyTorch's libtorch zip.</html>")
	private File library;

	@Parameter(label = "Address, for download (empty = PyTorch's)", required = false, persist = false,
		description = "Of a libtorch zip; nothing is fetched unless 'download' is chosen.")
	private String url = "";

	@Parameter(label = "SHA-256 of the zip (empty = unchecked)", required = false, persist = false,
		description = "A zip with another checksum is not unpacked.")
	private String sha256 = "";

	@Parameter(label = "Folder to unpack to (empty = in your home folder)", style = "directory", required = false,
		persist = false, description = "It needs about 8 GB.")
	private File folder;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected void check() throws IOException {
		if (action.equals("use")) existing(library, "library", "a folder with PyTorch, or its libtorch zip");
		try {
			options().requireLibrary();
		}
		catch (final IOException exc) {
			throw new IOException("library: " + exc.getMessage(), exc);
		}
	}

	private GpuSetupOptions options() {
		return GpuSetupOptions.of("status")
			.withLibrary(path(library))
			.withUrl(text(url))
			.withSha256(text(sha256))
			.withFolder(path(folder))
			.withAction(action);
	}

	@Override
	protected void execute() throws IOException {
		summary = isophene.setUpGpu(options());
		log.info(summary);
	}
}
