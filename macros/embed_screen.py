# Embeds a screen: one row of features per field, no cells outlined.
# Outside Fiji:
#   isophene macros/embed_screen.py screen=test-images/demo/screen.csv profiles=profiles.parquet

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ String (persist = false, label = "Model", value = "default") model
#@ Integer(persist = false, label = "Tile in pixels (0 = automatic)", value = 0) tile
#@ String (persist = false, label = "Features", choices = {"network", "statistics", "both"}, value = "network") features
#@ String (persist = false, label = "One row per", choices = {"tile", "field", "well"}, value = "field") level
#@ File   (persist = false, label = "Profiles to write (.parquet, .csv, .csv.gz)", style = "save") profiles
#@ IsopheneService isophene
#@output String summary

from io.github.isophene.embedding import EmbeddingOptions, FeatureSet, Level

opened = isophene.openScreen(screen.toPath())
options = EmbeddingOptions.into(profiles.toPath()).withModel(model).withTile(tile).withLevel(Level.parse(level))
options = options.withFeatures(FeatureSet.parse(features))
report = isophene.embedScreen(opened, options)

summary = report.message()
