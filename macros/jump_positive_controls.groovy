// The published experiment of CS-ARM-BN (Sanchez-Fernandez, Pinetz, Zellinger, Klambauer 2026, arXiv:2604.20824): which of
// JUMP's eight positive-control compounds does a field show, on plates of batches that were not trained on?
// Data: JUMP-CP (cpg0016), sources 3 and 8: the compound plates' images on disk, and a LoadData CSV that says where they
// are (FileName_Orig* and PathName_Orig*, Metadata_Source, _Batch, _Plate, _Well, _Site). Where Metadata_JCP2022 isn't in
// it, give JUMP's well.csv.gz as wells. Trains one model for each fold and objective (days on a CPU, so use a GPU; a run that
// was interrupted goes on), then predicts every field of the held-out plates. Outside Fiji:
//   isophene macros/jump_positive_controls.groovy loaddata=jump/load_data.csv folder=jump-results
// To see it work without the data, on a simulated miniature that it writes first (minutes on a CPU):
//   isophene macros/jump_positive_controls.groovy loaddata=miniature folder=jump-results

#@ String (persist = false, label = "LoadData CSV, or miniature") loaddata
#@ String (persist = false, label = "Table with Metadata_JCP2022 by well (none: it is in the LoadData CSV)", value = "none") wells
#@ String (persist = false, label = "Held out together: source or batch", value = "source") outer
#@ String (persist = false, label = "Objectives", value = "erm,arm-bn,cs-arm-bn") objectives
#@ String (persist = false, label = "Device", value = "auto") device
#@ File   (persist = false, label = "Folder for models, predictions and tables", style = "directory") folder
#@ IsopheneService isophene
#@ LogService log
#@output String summary

import java.nio.file.Files
import java.nio.file.Path
import io.github.isophene.adaptation.ScreenPredictionOptions
import io.github.isophene.adaptation.tiles.TileChoice
import io.github.isophene.comparison.LabelShift
import io.github.isophene.demo.DemoOptions
import io.github.isophene.progress.Progress
import io.github.isophene.demo.JumpMiniature
import io.github.isophene.files.AtomicFile
import io.github.isophene.profiles.ProfileFile
import io.github.isophene.screen.Field
import io.github.isophene.screen.Screen
import io.github.isophene.training.DataOptions
import io.github.isophene.training.data.EpisodeSizes
import io.github.isophene.finetuning.FineTuneOptions
import io.github.isophene.training.optimizer.OptimizerOptions
import io.github.isophene.numerics.RandomStream
import io.github.isophene.training.TrainingOptions

// The task.
SOURCES      = ["source_3", "source_8"]
DMSO         = "JCP2022_033924"                     // negative control
COMPOUNDS    = ["JCP2022_085227",                   // aloxistatin
                "JCP2022_037716",                   // AMG900
                "JCP2022_025848",                   // dexamethasone
                "JCP2022_046054",                   // FK-866
                "JCP2022_035095",                   // LY2109761
                "JCP2022_064022",                   // NVS-PAK1-1
                "JCP2022_050797",                   // quinidine
                "JCP2022_012818"]                   // TC-S-7004
CHANNELS     = ["RNA", "ER", "AGP", "Mito", "DNA"]
// Pre-processing: half size (pixel (1, 1) of each 2 x 2), 8 bit with the brightest 0.01 % clipped, then the training part's mean and sd.
DOWNSCALE    = "nearest:2"
INTENSITY    = "clip8"
AUGMENT      = DataOptions.Augment.FLIPS            // random crop, flips; the center in evaluation
// Splits: by source or batch outside, 15 % of the batches inside, never within a plate.
INNER        = 0.15
BATCH_FOLDS  = 5                                    // our choice, for outer = batch
// Training: the published recipe.
ACCUMULATE   = 8
RATE         = 1e-3
PATIENCE     = 20
SEED         = 1234
// Evaluation: chunks of 64 with 128 random controls of the plate; for arm-bn without.
QUERIES      = 64
CONTROLS     = 128
STATISTICS   = ["erm": ["training", "controls", "batch"], "arm-bn": ["batch", "controls"],
                "cs-arm-bn": ["joint", "joint-plate", "controls"]]
// Label shift: class probabilities of a set ~ Dirichlet(alpha), its counts multinomial, rotated through the classes.
REPEAT       = false                                // true: a class with fewer fields than drawn gives them again
ALPHAS       = [Double.POSITIVE_INFINITY, 1.0d, 0.1d, 0.01d]

def chosen = objectives.split(",").collect { it.strip() }
chosen.each {
	if (!(it in STATISTICS)) throw new IllegalArgumentException("objectives names '" + it + "': use any of " +
			STATISTICS.keySet().join(", ") + ", or say in STATISTICS how models of it are evaluated")
}
if (!(outer in ["source", "batch"])) throw new IllegalArgumentException("outer is '" + outer + "': use source or batch")
def miniature = loaddata == "miniature"
def architecture = miniature ? "resnet18-aa:4" : "resnet50-aa"
def tile         = miniature ? 32 : 256
def epochs       = miniature ? 2 : 200
def alphas       = miniature ? ALPHAS.findAll { it == 0.01d } : ALPHAS
def sizes        = miniature ? new EpisodeSizes(8, 4, 1) : new EpisodeSizes(QUERIES, CONTROLS, ACCUMULATE)

def table = miniature ? JumpMiniature.write(folder.toPath().resolve("miniature"), DemoOptions.defaults().withBatches(4)
		.withPlates(1).withWells(14).withFields(1).withSize(64).withClasses(9), Progress.NONE) : Path.of(loaddata)
def all = isophene.openScreen(table, "auto", "", wells == "none" ? null : Path.of(wells))

// Only the wells in question, of plates that have both kinds. A domain is a plate: source_batch_plate.
def fields = all.fields().findAll { it.get("Metadata_Source") in SOURCES && it.get("Metadata_JCP2022") in COMPOUNDS + [DMSO] }
		.collect { f ->
			def batch = f.get("Metadata_Source") + "_" + f.get("Metadata_Batch")
			def metadata = new LinkedHashMap(f.metadata())
			metadata["Metadata_Batch"] = batch
			new Field(batch + "_" + f.plate(), f.well(), f.site(), metadata, f.planes())
		}
def both = fields.groupBy { it.plate() }.findAll { plate, of ->
	of.any { it.get("Metadata_JCP2022") == DMSO } && of.any { it.get("Metadata_JCP2022") != DMSO }
}.keySet()
def screen = new Screen(all.channels(), fields.findAll { it.plate() in both })
if (screen.fields().isEmpty()) throw new IllegalArgumentException(loaddata + " has no field of " + SOURCES.join(", ") +
		" with Metadata_JCP2022 " + DMSO + " and a positive control on one plate: look at its columns, or give wells")
log.info(screen.fields().size() + " fields of " + both.size() + " plates")

// Outer folds: the batches that are held out together.
def batches = screen.fields().groupBy { it.get("Metadata_Source") }.collectEntries { source, of ->
	[source, of.collect { it.get("Metadata_Batch") }.unique().sort()]
}
def folds = batches
if (outer == "batch") {
	def order = batches.values().flatten().sort()
	Collections.shuffle(order, new Random(SEED))
	def n = Math.min(BATCH_FOLDS, order.size())
	folds = (0..<n).collectEntries { i -> ["fold" + (i + 1), (i..<order.size()).step(n).collect { order[it] }.sort()] }
}

/** For each alpha and rotation a plate of its own: as many queries as a chunk has, and all controls. */
def shifted = { Screen from ->
	def made = []
	from.fields().groupBy { it.plate() }.each { plate, of ->
		def controls = of.findAll { it.get("Metadata_JCP2022") == DMSO }
		def byClass = COMPOUNDS.collect { c -> of.findAll { it.get("Metadata_JCP2022") == c } }.findAll { !it.isEmpty() }
		alphas.each { alpha ->
			def random = RandomStream.of(SEED as long, "label shift " + alpha + " " + plate)
			LabelShift.counts(byClass.size(), sizes.queries(), alpha, random).eachWithIndex { counts, r ->
				def name = plate + " alpha=" + alpha + " " + r
				controls.each { made << new Field(name, it.well(), it.site(), it.metadata(), it.planes()) }
				counts.eachWithIndex { n, k ->
					int[] order = (0..<byClass[k].size()) as int[]
					random.shuffle(order)
					// Where a class has fewer fields than are drawn: all of them, or again under another site's name.
					(0..<(REPEAT ? n : Math.min(n, order.length))).each { i ->
						def f = byClass[k][order[i % order.length]]
						made << new Field(name, f.well(), f.site() + "~" + i, f.metadata(), f.planes())
					}
				}
			}
		}
	}
	new Screen(from.channels(), made)
}

def results = []
folds.each { fold, heldOut ->
	def test = new Screen(screen.channels(), screen.fields().findAll { it.get("Metadata_Batch") in heldOut })
	def mixtures = shifted(test)
	chosen.each { objective ->
		def name = fold + "-" + objective
		def data = DataOptions.of("Metadata_JCP2022", "Metadata_Batch", "Metadata_JCP2022=" + DMSO).withHeldOut("")
				.withValidation(INNER).withChannels(CHANNELS).withDownscale(DOWNSCALE).withIntensity(INTENSITY, true).withTile(tile, AUGMENT)
		def training = TrainingOptions.PUBLISHED.withOptimizer(OptimizerOptions.adam(RATE)).withSizes(sizes)
				.withEpochs(epochs, PATIENCE).withSeed(SEED).withDevice(device)
		// Held-out batches aren't even read.
		def known = new Screen(screen.channels(), screen.fields().findAll { !(it.get("Metadata_Batch") in heldOut) })
		def file = folder.toPath().resolve(name + ".zip")
		def done = folder.toPath().resolve(name + ".validation.txt")
		if (!Files.exists(done)) {
			def report = isophene.fineTune(known, FineTuneOptions.into(file, data).withObjective(objective)
					.withStart("none", architecture).withTraining(training))
			def best = report.result().log()[report.result().bestEpoch() - 1]
			AtomicFile.write(done, best.validationAccuracy() + "\n")
		}
		results << [fold, objective, "", "inner validation", Files.readString(done).strip() as double]
		STATISTICS[objective].each { statistics ->
			["held-out": test, "shifted": mixtures].each { kind, on ->
				def options = ScreenPredictionOptions.into(folder.toPath().resolve(name + "-" + statistics + "-" + kind + ".csv"))
						.withModel(file.toString()).withStatistics(statistics).withControls("Metadata_JCP2022=" + DMSO).withTiles(TileChoice.CENTER)
						.withChunks(sizes.queries(), sizes.controls()).withSeed(SEED).withDrift(false).withDevice(device)
				def predicted = ProfileFile.read(isophene.predictScreen(on, options).predictions())
				def right = [:].withDefault { [0, 0] }
				(0..<predicted.rowCount()).each { row ->
					def alpha = predicted.metadata("Metadata_Plate", row) =~ / alpha=(\S+) \d+$/
					def of = right[alpha.find() ? "alpha=" + alpha.group(1).replace("Infinity", "inf") : "held-out"]
					if (predicted.metadata("Metadata_Predicted_JCP2022", row) == predicted.metadata("Metadata_JCP2022", row)) of[0]++
					of[1]++
				}
				right.each { condition, of -> results << [fold, objective, statistics, condition, of[0] / (double) of[1]] }
			}
		}
	}
}

def number = { v -> String.format(Locale.ROOT, "%.4f", v) }
AtomicFile.write(folder.toPath().resolve("results.csv"), "fold,objective,statistics,condition,accuracy\n" +
		results.collect { (it[0..3] + number(it[4])).join(",") + "\n" }.join(""))
summary = "| objective | statistics | condition | accuracy, mean ± sd of " + folds.size() + " folds |\n| --- | --- | --- | --: |\n"
results.groupBy { it[1..3] }.each { key, of ->
	def mean = of.collect { it[4] }.sum() / of.size()
	def sd = of.size() < 2 ? Double.NaN : Math.sqrt(of.collect { (it[4] - mean) ** 2 }.sum() / (of.size() - 1))
	summary += "| " + (key + (number(mean) + " ± " + number(sd))).join(" | ") + " |\n"
}
AtomicFile.write(folder.toPath().resolve("summary.md"), summary)
