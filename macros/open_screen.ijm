// Finds the plates, wells, fields and channels in a folder and writes them as a screen table.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/open_screen.ijm "test-images/demo,screen.csv"
// The keys are those that the macro recorder writes. format=auto takes LoadData tables, Harmony, MetaXpress,
// RxRx1 and BBBC021; any other folder needs format=pattern and a pattern.

argument = getArgument();
if (argument == "") {
	source = getDirectory("Folder of the screen");
	table = source + "screen.csv";
} else {
	parts = split(argument, ",");
	source = parts[0];
	table = parts[1];
}

run("Open Screen...", "source=[" + source + "] format=auto table=[" + table + "]");
