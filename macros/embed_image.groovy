// Embeds the tiles of an image file, groups what looks alike, and writes a table with a row per tile.
// Outside Fiji:
//   isophene macros/embed_image.groovy input=test-images/demo/B1_P1/B1_P1_A01_s1_DNA.tif tile=32 table=tiles.csv

#@ File   (persist = false, label = "Image") input
#@ String (persist = false, label = "Model", value = "default") model
#@ Integer(persist = false, label = "Tile in pixels (0 = automatic)", value = 0) tile
#@ String (persist = false, label = "Features", choices = {"network", "statistics", "both"}, value = "network") features
#@ Integer(persist = false, label = "Clusters", value = 4) clusters
#@ File   (persist = false, label = "Table to write (.parquet, .csv, .csv.gz)", style = "save") table
#@ CommandService command
#@output String summary

import ij.IJ
import io.github.isophene.commands.EmbedImage

// The command is what the menu runs: the same keys, and as a script it is never asked for those that are left out.
def image = IJ.openImage(input.path)
if (image == null) throw new IllegalArgumentException("input: " + input + " is no image")
command.run(EmbedImage, true, "image", image, "model", model, "tile", tile, "features", features, "clusters", clusters,
	"table", table).get()
summary = image.overlay.size() + " tiles"
