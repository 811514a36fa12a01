// Writes a screen's images as OME-Zarr plates, which napari, MoBIE and ome-zarr-py open.
// Outside Fiji:
//   isophene macros/export_screen.groovy screen=test-images/demo/screen.csv folder=demo-zarr

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ File   (persist = false, label = "Folder to write", style = "directory") folder
#@ String (persist = false, label = "Version", choices = {"0.4", "0.5"}, value = "0.4") version
#@ String (persist = false, label = "Compression", choices = {"zstd", "gzip", "none"}, value = "zstd") compression
#@ Double (persist = false, label = "Pixel size in um (0 = unknown)", value = 0) pixelsize
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.export.ExportOptions

def opened = isophene.openScreen(screen.path)
def options = ExportOptions.into(folder.toPath()).withVersion(version).withCompression(compression).withPixelSize(pixelsize)
def report = isophene.exportScreen(opened, options)

summary = report.message()
