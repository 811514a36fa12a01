// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Gives a jar a module name. The one in the manifest of the engine's native libraries has
 * a '-' in it, which Java refuses on a module path.
 */
final class ModuleName {

	private static final Attributes.Name NAME = new Attributes.Name("Automatic-Module-Name");

	private ModuleName() {}

	/** Changes the manifest and nothing else; the same jar gives the same bytes. */
	static void set(final Path jar, final String name) throws IOException {
		try (FileSystem zip = FileSystems.newFileSystem(jar)) {
			final Path file = zip.getPath("META-INF/MANIFEST.MF");
			final Manifest manifest = new Manifest();
			try (InputStream in = Files.newInputStream(file)) {
				manifest.read(in);
			}
			if (name.equals(manifest.getMainAttributes().put(NAME, name))) return;
			final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			manifest.write(bytes);
			final FileTime time = Files.getLastModifiedTime(file);
			Files.write(file, bytes.toByteArray());
			Files.setLastModifiedTime(file, time);
		}
	}
}
