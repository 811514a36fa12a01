// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

/** Whether Bio-Formats is here. Names none of its types, so that it can be asked without it. */
final class BioFormats {

	/** What to do where it isn't. */
	static final String MISSING = "Bio-Formats is not installed: Fiji has it, elsewhere put its jars on the class path";

	private static final boolean PRESENT = find("loci.formats.ImageReader") && find("loci.formats.in.FakeReader") && //
		find("ome.xml.meta.OMEXMLMetadata");

	private BioFormats() {}

	/** Whether its readers and its metadata can be loaded. */
	static boolean isPresent() {
		return PRESENT;
	}

	/** What to say where a class that Bio-Formats needs is missing, or of another version. */
	static String incomplete(final LinkageError exc) {
		return "Bio-Formats is not complete, or its jars are of different versions (" + exc + "): update Fiji, or put all of " +
			"Bio-Formats' jars on the class path";
	}

	private static boolean find(final String name) {
		try {
			Class.forName(name, false, BioFormats.class.getClassLoader());
			return true;
		}
		catch (final ClassNotFoundException | LinkageError exc) {
			return false;
		}
	}
}
