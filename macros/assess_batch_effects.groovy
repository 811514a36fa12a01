// Says how much of the batch effect is left in profiles, and how much of the biology, before and after corrections.
// Outside Fiji:
//   isophene macros/assess_batch_effects.groovy profiles=profiles.parquet label=Metadata_Compound method="none; standardize" report=report

#@ String (persist = false, label = "Profiles (.parquet, .csv, .csv.gz), one or more") profiles
#@ String (persist = false, label = "Methods to compare", value = "none; drop_quiet,standardize:shrink=table") method
#@ String (persist = false, label = "Label column", value = "Metadata_Compound") label
#@ String (persist = false, label = "Treatment columns (empty = the label)", value = "", required = false) treatment
#@ String (persist = false, label = "Batch column", value = "Metadata_Batch") batch
#@ String (persist = false, label = "Negative controls", value = "Metadata_pert_type=negcon") controls
#@ File   (persist = false, label = "Folder for the report", style = "directory") report
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.assessment.AssessmentOptions
import java.nio.file.Path

def files = profiles.split(",").collect { Path.of(it.strip()) }
def options = AssessmentOptions.of(files, report.toPath()).withMethods(method).withLabel(label).withTreatment(treatment ?: "").withBatch(batch)
	.withControls(controls)
summary = isophene.assessBatchEffects(options).message()
