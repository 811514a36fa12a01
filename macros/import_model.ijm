// Makes a model file of a network that was trained elsewhere. No code of the file is run.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/import_model.ijm "resnet50.pth,encoder.zip"
// The keys are those that the macro recorder writes. Without channels=, each channel goes through the network by itself.

argument = getArgument();
if (argument == "") {
	weights = File.openDialog("Weights (.safetensors, .pt, .pth)");
	model = getDirectory("Folder for the model") + "encoder.zip";
} else {
	parts = split(argument, ",");
	weights = parts[0];
	model = parts[1];
}

run("Import Model...", "weights=[" + weights + "] architecture=auto tile=224 model=[" + model + "]");
