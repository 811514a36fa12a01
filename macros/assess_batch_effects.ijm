// Says how much of the batch effect is left in profiles, and how much of the biology, before and after corrections.
// Run it in Fiji (Plugins > Macros > Run...), or with an argument:
//   fiji --headless -macro macros/assess_batch_effects.ijm "profiles.parquet;report;method=[none; standardize]"
// The keys are those that the macro recorder writes.

argument = getArgument();
more = "";
if (argument == "") {
	profiles = File.openDialog("Profiles");
	report = getDirectory("Folder for the report");
} else {
	parts = split(argument, ";");
	profiles = parts[0];
	report = parts[1];
	// Further keys, as "epochs=3 tile=64".
	if (parts.length > 2) more = " " + substring(argument, lengthOf(profiles) + lengthOf(report) + 2);
}

run("Assess Batch Effects...", "profiles=[" + profiles + "] method=[none; drop_quiet,standardize:shrink=table] label=Metadata_Compound" +
	" batch=Metadata_Batch controls=[Metadata_pert_type=negcon] report=[" + report + "]" + more);
