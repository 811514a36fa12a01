// Simulates a small screen with known phenotypes and known batch effects, to try things on.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/make_demo_screen.ijm "demo"
// The keys are those that the macro recorder writes; the same seed gives the same bytes.

folder = getArgument();
if (folder == "") folder = getDirectory("A new or empty folder") + "demo";

run("Make Demo Screen...", "folder=[" + folder + "] batches=3 plates=2 wells=8 fields=1 size=160 classes=6 shift=1.0 seed=1");
