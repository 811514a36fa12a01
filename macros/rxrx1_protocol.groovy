// Trains on RxRx1 and tests by its published splits: the siRNA is the class (1,139 with the negative
// control), the experiment is the batch, and the table's column `dataset` says what is for training.
//   protocol=rxrx1  33 experiments for training, 18 for testing, both sites (Sypetkowski et al. 2023, arXiv:2301.05768)
//   protocol=wilds  RxRx1-WILDS (Koh et al. 2021, arXiv:2012.07421): site 1 of the training experiments; tested
//                   on their site 2 (in distribution) and on the experiments marked val and test (out of it).
//                   A metadata.csv without val has test experiments only.
//   channels=6      all; channels=3: DNA, ER and actin, as in WILDS
// The epoch is chosen on 15 % of the training experiments: nothing of the test experiments decides anything.
// Objectives with control statistics (arm-bn in the name) take the negative controls as controls, which carry
// no label then: 1,138 classes, and that accuracy can't be compared with one over 1,139.
//   isophene macros/rxrx1_protocol.groovy source=rxrx1 protocol=wilds channels=3 objective=abra model=abra.zip accuracies=abra-accuracies.csv

#@ File   (persist = false, label = "Folder of metadata.csv and images", style = "directory") source
#@ String (persist = false, label = "Protocol", choices = { "rxrx1", "wilds" }, value = "wilds") protocol
#@ Integer(persist = false, label = "Channels, 6 or 3", value = 6) channels
#@ String (persist = false, label = "Objective", value = "abra") objective
#@ String (persist = false, label = "Its settings, name=value;...", value = "", required = false) settings
#@ String (persist = false, label = "Start model (none: from scratch)", value = "none") start
#@ String (persist = false, label = "Architecture from scratch", value = "resnet50") architecture
#@ Integer(persist = false, label = "Epochs at most", value = 90) epochs
#@ Integer(persist = false, label = "Tile in pixels", value = 256) tile
#@ Integer(persist = false, label = "Seed", value = 1234) seed
#@ String (persist = false, label = "Device", value = "auto") device
#@ File   (persist = false, label = "Model file to write (.zip)", style = "save") model
#@ File   (persist = false, label = "Table of accuracies to write (.csv)", style = "save") accuracies
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.adaptation.ScreenPredictionOptions
import io.github.isophene.files.AtomicFile
import io.github.isophene.profiles.ProfileFile
import io.github.isophene.screen.Screen
import io.github.isophene.training.DataOptions
import io.github.isophene.finetuning.FineTuneOptions
import io.github.isophene.training.TrainingOptions

LABEL = "Metadata_sirna_id"
if (!(channels in [3, 6])) throw new IllegalArgumentException("channels=" + channels + ": use 6 or 3")
if (!(protocol in ["rxrx1", "wilds"])) throw new IllegalArgumentException("protocol=" + protocol + ": use rxrx1 or wilds")

def screen = isophene.openScreen(source.toPath())
def marked = { name -> screen.fields().findAll { it.get("Metadata_dataset") == name } }
def wilds = protocol == "wilds"
def parts = [:]
parts.train = wilds ? marked("train").findAll { it.site() == "1" } : marked("train")
if (wilds) parts.id_test = marked("train").findAll { it.site() == "2" }
parts.val = marked("val")
parts.test = marked("test")
if (parts.train.isEmpty()) throw new IllegalArgumentException(source.toString() + ": no row of metadata.csv is marked train in the column dataset")

def controls = objective.toLowerCase(Locale.ROOT).contains("arm-bn") ? "Metadata_pert_type=negcon" : ""
def data = DataOptions.of(LABEL, "Metadata_Batch", controls).withTile(tile, DataOptions.Augment.ROTATIONS)
		.withIntensity("percentile:0.1:99.9", true)
		.withChannels(channels == 6 ? [] : ["DNA", "ER", "Actin"])
def options = FineTuneOptions.into(model.toPath(), data).withObjective(objective, settings ?: "")
		.withStart(start == "none" ? "" : start, architecture)
		.withTraining(TrainingOptions.PUBLISHED.withEpochs(epochs, 20).withSeed(seed).withDevice(device))
if (accuracies.toPath().toAbsolutePath().normalize() == options.log().toAbsolutePath().normalize()) {
	throw new IllegalArgumentException("accuracies is " + accuracies + ", which is the log of the training: give accuracies another name")
}
def report = isophene.fineTune(new Screen(screen.channels(), parts.train), options)

// Share of right answers, of images and of wells; wells of the two sites together where both are in the part.
def rows = ["part,level,classes,right,all,accuracy"]
parts.findAll { name, fields -> name != "train" && !fields.isEmpty() }.each { name, fields ->
	def predictions = model.toPath().resolveSibling(model.getName().replaceFirst(/\.[^.]*$/, "") + "." + name + ".parquet")
	def made = isophene.predictScreen(new Screen(screen.channels(), fields), ScreenPredictionOptions.into(predictions)
			.withModel(model.getPath()).withControls(controls).withDrift(false).withDevice(device))
	[image: made.predictions(), well: made.wells()].each { level, file ->
		def table = ProfileFile.read(file)
		def predicted = table.metadata(table.metadataColumns().find { it.startsWith("Metadata_Predicted_") })
		def truth = table.metadata(LABEL)
		def right = (0..<truth.length).count { truth[it] == predicted[it] }
		rows << String.format(Locale.ROOT, "%s,%s,%d,%d,%d,%.4f", name, level, report.model().card().classes().size(), right,
				truth.length, right / (double) truth.length)
	}
}
AtomicFile.write(accuracies.toPath(), rows.join("\n") + "\n")

summary = report.message() + "\n" + rows.join("\n")
