// Trains a classifier on a screen: negative controls anchor the normalization of each plate (CS-ARM-BN).
// Outside Fiji, on the small screen that comes along (it shows that everything works; there is little to learn from it):
//   isophene macros/fine_tune_model.groovy screen=test-images/demo/screen.csv architecture=resnet18:8 epochs=3 tile=64 model=demo-model.zip
// The published recipe: architecture=resnet50-aa tile=256. What is left out has the default of the dialog.

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ String (persist = false, label = "Label column", value = "Metadata_Compound") label
#@ String (persist = false, label = "Batch column", value = "Metadata_Batch") batch
#@ String (persist = false, label = "Control wells", value = "Metadata_pert_type=negcon") controls
#@ String (persist = false, label = "Objective", value = "cs-arm-bn") objective
#@ String (persist = false, label = "Start model (empty: from scratch)", value = "", required = false) start
#@ String (persist = false, label = "Architecture from scratch (empty = automatic)", value = "", required = false) architecture
#@ Integer(persist = false, label = "Epochs at most", value = 200) epochs
#@ Integer(persist = false, label = "Tile in pixels (0 = automatic)", value = 0) tile
#@ String (persist = false, label = "Held-out batches: names, or how many", value = "", required = false) heldout
#@ Integer(persist = false, label = "Seed", value = 1234) seed
#@ String (persist = false, label = "Device", value = "auto") device
#@ File   (persist = false, label = "Model file to write (.zip)", style = "save") model
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.training.DataOptions
import io.github.isophene.finetuning.FineTuneOptions
import io.github.isophene.training.TrainingOptions

def opened = isophene.openScreen(screen.toPath())
def data = DataOptions.of(label, batch, controls).withHeldOut(heldout ?: "").withTile(tile, DataOptions.Augment.AUTO)
def options = FineTuneOptions.into(model.toPath(), data).withObjective(objective).withStart(start ?: "", architecture ?: "")
		.withTraining(TrainingOptions.PUBLISHED.withEpochs(epochs, 20).withSeed(seed).withDevice(device))
def report = isophene.fineTune(opened, options)

summary = report.message()
