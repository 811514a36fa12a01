// Embeds a screen: one row of features per field, no cells outlined.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/embed_screen.ijm "test-images/demo/screen.csv,profiles.parquet"
// The keys are those that the macro recorder writes; those that are left out have the defaults of the dialog.

argument = getArgument();
if (argument == "") {
	screen = File.openDialog("Screen table");
	profiles = getDirectory("Folder for the profiles") + "profiles.parquet";
} else {
	parts = split(argument, ",");
	screen = parts[0];
	profiles = parts[1];
}

run("Embed Screen...", "screen=[" + screen + "] model=default level=field profiles=[" + profiles + "]");
