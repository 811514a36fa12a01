// Compares ways of training and adapting on a screen: trains on some batches, tests on a batch that is held out.
// It needs three batches or more: the screen of macros/make_demo_screen has them, test-images/demo has not.
// The defaults here are for trying out: one seed and two short trainings say nothing yet.
// Outside Fiji:
//   isophene macros/compare_adaptations.groovy screen=demo/screen.csv folder=comparison

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ String (persist = false, label = "Label column", value = "Metadata_Compound") label
#@ String (persist = false, label = "Batch column", value = "Metadata_Batch") batch
#@ String (persist = false, label = "Negative controls", value = "Metadata_pert_type=negcon") controls
#@ String (persist = false, label = "Methods", value = "erm,erm-controls") methods
#@ Integer(persist = false, label = "Seeds", value = 1) seeds
#@ Integer(persist = false, label = "Epochs", value = 1) epochs
#@ File   (persist = false, label = "Folder to write", style = "directory") folder
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.comparison.ComparisonOptions
import io.github.isophene.comparison.Method
import io.github.isophene.comparison.SourceOptions
import io.github.isophene.training.data.EpisodeSizes

def source = SourceOptions.of(label, batch, controls)
def options = ComparisonOptions.into(folder.toPath()).withSeeds(seeds, 1).withNetwork("resnet18", 8).withBudget(epochs, 0.002d)
	.withEpisodes(new EpisodeSizes(4, 2, 1)).withLabelShifts([], 1).withControlWells([], 1).withSplit(1, 1)
	.withMethods(methods.split(",").collect { Method.of(it.strip()) })
summary = isophene.compareAdaptations(isophene.openScreen(screen.toPath()), source, options).message()
