// Embeds a screen: one row of features per field, no cells outlined.
// Outside Fiji:
//   isophene macros/embed_screen.groovy screen=test-images/demo/screen.csv profiles=profiles.parquet

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ String (persist = false, label = "Model", value = "default") model
#@ Integer(persist = false, label = "Tile in pixels (0 = automatic)", value = 0) tile
#@ String (persist = false, label = "Features", choices = {"network", "statistics", "both"}, value = "network") features
#@ String (persist = false, label = "One row per", choices = {"tile", "field", "well"}, value = "field") level
#@ File   (persist = false, label = "Profiles to write (.parquet, .csv, .csv.gz)", style = "save") profiles
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.embedding.EmbeddingOptions
import io.github.isophene.embedding.FeatureSet
import io.github.isophene.embedding.Level

def opened = isophene.openScreen(screen.toPath())
def options = EmbeddingOptions.into(profiles.toPath()).withModel(model).withTile(tile).withLevel(Level.parse(level))
	.withFeatures(FeatureSet.parse(features))
def report = isophene.embedScreen(opened, options)

summary = report.message()
