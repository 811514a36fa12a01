// Makes a model file of a network that was trained elsewhere, and says what became of it. No code of the file is run.
// Outside Fiji:
//   isophene macros/import_model.groovy weights=resnet50.pth model=encoder.zip

#@ File   (persist = false, label = "Weights (.safetensors, .pt, .pth)") weights
#@ String (persist = false, label = "Architecture", value = "auto") architecture
#@ String (persist = false, label = "Channels in the network's order (empty = each by itself)", value = "", required = false) channels
#@ String (persist = false, label = "Classes (empty = none)", value = "", required = false) classes
#@ Integer(persist = false, label = "Tile (pixels)", value = 224) tile
#@ String (persist = false, label = "Intensity (empty = automatic)", value = "", required = false) intensity
#@ String (persist = false, label = "Features from (empty = the last; stage:3 or block:10)", value = "", required = false) output
#@ String (persist = false, label = "Pooling (empty = mean; mean+sd)", value = "", required = false) pool
#@ File   (persist = false, label = "Model file to write (.zip)", style = "save") model
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.network.FeatureOutput
import io.github.isophene.network.imports.ImportOptions

def names = { text -> text ? text.split(",").collect { it.strip() } : [] }
def options = ImportOptions.of(architecture, names(channels)).withClasses(names(classes)).withTileSize(tile).withIntensity(intensity ?: "")
	.withOutput(FeatureOutput.of(output ?: "", pool ?: ""))
def made = isophene.importModel(weights.toPath(), options, model.toPath())
summary = made.model().card().network().name() + ", " + made.model().card().network().embeddingDimension() + " features"
made.notes().each { println it }
