// Simulates a small screen with known phenotypes and known batch effects, to try things on.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/make_demo_screen.ijm "demo,batches=3 wells=8 fields=1"
// The keys are those that the macro recorder writes; the same seed gives the same bytes.

argument = getArgument();
more = "";
if (argument == "") {
	folder = getDirectory("A new or empty folder") + "demo";
} else {
	parts = split(argument, ",");
	folder = parts[0];
	// Further keys, as "epochs=3 tile=64".
	if (parts.length > 1) more = " " + substring(argument, lengthOf(folder) + 1);
}

run("Make Demo Screen...", "folder=[" + folder + "]" + more);
