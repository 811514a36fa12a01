// Embeds the tiles of an image and draws them on it, coloured by what looks alike.
// In Fiji it takes the active image and what is selected in it. With an argument it opens an image and writes a table:
//   fiji --headless -macro macros/embed_image.ijm "test-images/demo/B1_P1/B1_P1_A01_s1_DNA.tif,tiles.csv"
// The keys are those that the macro recorder writes.

argument = getArgument();
table = "";
if (argument != "") {
	parts = split(argument, ",");
	open(parts[0]);
	table = " table=[" + parts[1] + "]";
}

run("Embed Image...", "model=default tile=32 stack=false clusters=4 seed=1" + table);
