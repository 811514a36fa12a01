// Corrects profiles: plates and batches become comparable, learning from negative controls.
// Outside Fiji:
//   isophene macros/correct_profiles.groovy profiles=profiles.parquet corrected=corrected.parquet

#@ File   (persist = false, label = "Profiles (.parquet, .csv, .csv.gz)") profiles
#@ String (persist = false, label = "Method", value = "drop_quiet,standardize:shrink=table") method
#@ String (persist = false, label = "Batch column", value = "Metadata_Batch") batch
#@ String (persist = false, label = "Negative controls (empty = all rows)", value = "Metadata_pert_type=negcon") controls
#@ File   (persist = false, label = "Corrected profiles to write", style = "save") corrected
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.correction.CorrectionOptions

def options = CorrectionOptions.of(profiles.toPath(), corrected.toPath()).withMethod(method).withBatch(batch).withControls(controls)
summary = isophene.correctProfiles(options)
