// Corrects profiles: plates and batches become comparable, learning from negative controls.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/correct_profiles.ijm "profiles.parquet;corrected.parquet"
// The keys are those that the macro recorder writes.

argument = getArgument();
if (argument == "") {
	profiles = File.openDialog("Profiles");
	corrected = getDirectory("Folder for the corrected profiles") + "corrected.parquet";
} else {
	parts = split(argument, ";");
	profiles = parts[0];
	corrected = parts[1];
}

run("Correct Profiles...", "profiles=[" + profiles + "] method=[drop_quiet,standardize:shrink=table]" +
	" batch=Metadata_Batch controls=[Metadata_pert_type=negcon] corrected=[" + corrected + "]");
