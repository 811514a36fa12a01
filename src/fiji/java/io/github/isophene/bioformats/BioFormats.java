// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

/** Checks whether Bio-Formats is installed. Names none of its types, so that it can be asked without it. */
final class BioFormats {

	/** Message with the remedy where Bio-Formats is missing. */
	static final String MISSING = "Bio-Formats is not installed: Fiji has it, elsewhere put its jars on the class path";

	private static final boolean PRESENT = find("loci.formats.ImageReader") && find("loci.formats.in.FakeReader") && //
		find("ome.xml.meta.OMEXMLMetadata");

	private BioFormats() {}

	/** Returns whether its readers and its metadata can be loaded. */
	static boolean isPresent() {
		return PRESENT;
	}

	/** Returns the message for a class of Bio-Formats that is missing or of another version. */
	static String incomplete(final LinkageError exc) {
		return "Bio-Formats is not complete, or its jars are of different versions (" + exc +
			"): update Fiji, or put all of " + "Bio-Formats' jars on the class path";
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
