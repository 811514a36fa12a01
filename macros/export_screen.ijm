// Writes a screen's images as OME-Zarr plates, which napari, MoBIE and ome-zarr-py open.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/export_screen.ijm "test-images/demo/screen.csv,demo-zarr"
// The keys are those that the macro recorder writes.

argument = getArgument();
if (argument == "") {
	screen = File.openDialog("Screen table");
	folder = getDirectory("Folder for the plates");
} else {
	parts = split(argument, ",");
	screen = parts[0];
	folder = parts[1];
}

run("Export Screen to OME-Zarr...", "screen=[" + screen + "] folder=[" + folder + "] version=0.4 compression=zstd");
