// Resamples real wells onto plates with known batch effects, to judge methods on real cells.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/make_virtual_plates.ijm "my-screen.csv,virtual,batches=3 heldout=1 wells=8"
// Set label to the column with the class of each well. The same seed gives the same bytes.

argument = getArgument();
more = "";
if (argument == "") {
	screen = File.openDialog("Screen table of real wells");
	folder = getDirectory("A new or empty folder") + "virtual";
} else {
	parts = split(argument, ",");
	screen = parts[0];
	folder = parts[1];
	// Further keys, as "batches=3 wells=8".
	if (parts.length > 2) more = " " + substring(argument, lengthOf(screen) + lengthOf(folder) + 2);
}

run("Make Virtual Plates...", "screen=[" + screen + "] label=Metadata_Compound folder=[" + folder + "]" + more);
