// Predicts the classes of every field and well of a screen, with the model adapted to each plate
// from its negative controls. The model is a file that Fine-tune Model (macros/fine_tune_model) writes.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/adapt_and_predict.ijm "test-images/demo/screen.csv,demo-model.zip,predictions.parquet"
// The keys are those that the macro recorder writes.

argument = getArgument();
if (argument == "") {
	screen = File.openDialog("Screen table");
	model = File.openDialog("Model file");
	predictions = getDirectory("Folder for the predictions") + "predictions.parquet";
} else {
	parts = split(argument, ",");
	screen = parts[0];
	model = parts[1];
	predictions = parts[2];
}

run("Adapt and Predict...", "screen=[" + screen + "] model=[" + model + "] controls=Metadata_pert_type=negcon" +
	" predictions=[" + predictions + "]");
