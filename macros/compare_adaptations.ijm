// Compares ways of training and adapting on a screen: trains on some batches, tests on a batch that is held out.
// It needs three batches or more: the screen of macros/make_demo_screen has them, test-images/demo has not.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/compare_adaptations.ijm "demo/screen.csv,comparison,methods=[erm,erm-controls] seeds=1 epochs=1 heldout=1 indomain=1 alphas=[] wells=[]"
// The keys behind the folder are for trying out: one seed and a short training say nothing yet. Without them it is a
// comparison in earnest, of all methods, with the defaults of the dialog (hours).

argument = getArgument();
more = "";
if (argument == "") {
	screen = File.openDialog("Screen table");
	folder = getDirectory("Folder for the results") + "comparison";
} else {
	parts = split(argument, ",");
	screen = parts[0];
	folder = parts[1];
	// Further keys, as "epochs=3 tile=64".
	if (parts.length > 2) more = " " + substring(argument, lengthOf(screen) + lengthOf(folder) + 2);
}

run("Compare Adaptations...", "screen=[" + screen + "] label=Metadata_Compound batch=Metadata_Batch" +
	" controls=Metadata_pert_type=negcon folder=[" + folder + "]" + more);
