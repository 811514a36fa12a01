// Compares ways of training and adapting on a screen: trains on some batches, tests on a batch that is held out.
// It needs three batches or more: the screen of macros/make_demo_screen has them, test-images/demo has not.
// The defaults are those of the dialog: a comparison of all methods, which takes hours. To try it out, outside Fiji:
//   isophene macros/compare_adaptations.groovy screen=demo/screen.csv folder=comparison methods=erm,erm-controls seeds=1 epochs=1 heldout=1 indomain=1 queries=4 controlsperepisode=2 alphas= wells=

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ String (persist = false, label = "Label column", value = "Metadata_Compound") label
#@ String (persist = false, label = "Batch column", value = "Metadata_Batch") batch
#@ String (persist = false, label = "Negative controls", value = "Metadata_pert_type=negcon") controls
#@ String (persist = false, label = "Methods (empty = the usual ones)", value = "", required = false) methods
#@ Integer(persist = false, label = "Seeds", value = 5) seeds
#@ Integer(persist = false, label = "Epochs", value = 20) epochs
#@ Integer(persist = false, label = "Held-out batches", value = 2) heldout
#@ Integer(persist = false, label = "Plates in domain", value = 4) indomain
#@ String (persist = false, label = "Label shifts (inf is balanced)", value = "inf,1,0.1,0.01", required = false) alphas
#@ String (persist = false, label = "Numbers of control wells", value = "1,2,4,8,16,32", required = false) wells
#@ String (persist = false, label = "Architecture", value = "resnet18:16") architecture
#@ String (persist = false, label = "Learning rate (several: each training chooses)", value = "0.002") rate
#@ Integer(persist = false, label = "Images per episode", value = 32) queries
#@ Integer(persist = false, label = "Controls per episode", value = 64) controlsperepisode
#@ File   (persist = false, label = "Folder to write", style = "directory") folder
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.comparison.ComparisonOptions
import io.github.isophene.comparison.Method
import io.github.isophene.comparison.SourceOptions
import io.github.isophene.training.data.EpisodeSizes

def list = { text -> text ? text.split(",").collect { it.strip() } : [] }
def (network, width) = architecture.contains(":") ? architecture.split(":") : [architecture, "64"]
def source = SourceOptions.of(label, batch, controls)
def options = ComparisonOptions.into(folder.toPath()).withSeeds(seeds, 1).withNetwork(network, width as int)
	.withEpochs(epochs).withRates(list(rate).collect { it as double }).withEpisodes(new EpisodeSizes(queries, controlsperepisode, 1))
	.withLabelShifts(list(alphas).collect { it == "inf" ? Double.POSITIVE_INFINITY : it as double }, 1)
	.withControlWells(list(wells).collect { it as int }, 1).withSplit(heldout, indomain)
if (methods) options = options.withMethods(Method.list(list(methods), false))
summary = isophene.compareAdaptations(isophene.openScreen(screen.toPath()), source, options).message()
