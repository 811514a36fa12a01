// Compares ways of training and adapting on a screen: trains on some batches, tests on a batch that is held out.
// It needs three batches or more: the screen of macros/make_demo_screen has them, test-images/demo has not.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/compare_adaptations.ijm "demo/screen.csv,comparison"
// The settings are for trying out: one seed and two short trainings say nothing yet. Leave out seeds, epochs,
// architecture, alphas and wells for a comparison in earnest (hours).

argument = getArgument();
if (argument == "") {
	screen = File.openDialog("Screen table");
	folder = getDirectory("Folder for the results") + "comparison";
} else {
	parts = split(argument, ",");
	screen = parts[0];
	folder = parts[1];
}

run("Compare Adaptations...", "screen=[" + screen + "] label=Metadata_Compound batch=Metadata_Batch" +
	" controls=Metadata_pert_type=negcon methods=[erm,erm-controls] seeds=1 heldout=1 indomain=1 architecture=resnet18:8" +
	" epochs=1 queries=4 controlsperepisode=2 alphas=[] wells=[] folder=[" + folder + "]");
