// Trains a classifier on a screen: negative controls anchor the normalization of each plate (CS-ARM-BN).
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/fine_tune_model.ijm "test-images/demo/screen.csv,demo-model.zip,architecture=resnet18:8 epochs=3 tile=64"
// The keys are those that the macro recorder writes; those that are left out have the defaults of the dialog.

argument = getArgument();
more = "";
if (argument == "") {
	screen = File.openDialog("Screen table");
	model = getDirectory("Folder for the model") + "demo-model.zip";
} else {
	parts = split(argument, ",");
	screen = parts[0];
	model = parts[1];
	// Further keys, as "epochs=3 tile=64".
	if (parts.length > 2) more = " " + substring(argument, lengthOf(screen) + lengthOf(model) + 2);
}

run("Fine-tune Model...", "screen=[" + screen + "] label=Metadata_Compound batch=Metadata_Batch" +
	" controls=Metadata_pert_type=negcon objective=cs-arm-bn model=[" + model + "]" + more);
