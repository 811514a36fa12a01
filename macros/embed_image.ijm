// Embeds the tiles of an image and draws them on it, colored by what looks alike.
// In Fiji it takes the active image and what is selected in it. With an argument it opens an image and writes a table:
//   fiji --headless -macro macros/embed_image.ijm "test-images/demo/B1_P1/B1_P1_A01_s1_DNA.tif,tiles.csv,tile=32"
// The keys are those that the macro recorder writes.

argument = getArgument();
table = "";
more = "";
if (argument != "") {
	parts = split(argument, ",");
	open(parts[0]);
	table = " table=[" + parts[1] + "]";
	// Further keys, as "epochs=3 tile=64".
	if (parts.length > 2) more = " " + substring(argument, lengthOf(parts[0]) + lengthOf(parts[1]) + 2);
}

run("Embed Image...", "model=default clusters=4" + table + more);
