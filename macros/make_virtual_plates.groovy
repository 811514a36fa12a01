// Resamples real wells onto plates with known batch effects, to judge methods on real cells.
// Outside Fiji:
//   isophene macros/make_virtual_plates.groovy screen=my-screen.csv label=Metadata_Compound folder=virtual

#@ File   (persist = false, label = "Screen table") screen
#@ String (persist = false, label = "Label column", value = "Metadata_Compound") label
#@ String (persist = false, label = "Negative controls", value = "Metadata_pert_type=negcon") controls
#@ File   (persist = false, label = "A new or empty folder", style = "directory") folder
#@ Integer(persist = false, label = "Batches", value = 6) batches
#@ Integer(persist = false, label = "Held-out batches", value = 2) heldout
#@ Integer(persist = false, label = "Plates per batch", value = 2) plates
#@ Integer(persist = false, label = "Wells per plate", value = 16) wells
#@ Integer(persist = false, label = "Fields per well", value = 2) fields
#@ Integer(persist = false, label = "Image size (pixels)", value = 192) size
#@ String (persist = false, label = "Technical effects", choices = {"jump", "standard"}, value = "jump") effects
#@ Double (persist = false, label = "Strength of the effects", value = 1.0) shift
#@ Integer(persist = false, label = "Seed", value = 1) seed
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.demo.Effects
import io.github.isophene.demo.virtual.VirtualPlateOptions
import io.github.isophene.screen.Selection

def options = VirtualPlateOptions.of(label, Selection.of(controls))
	.withBatches(batches, heldout)
	.withPlates(plates)
	.withWells(wells)
	.withFields(fields)
	.withSize(size)
	.withEffects(Effects.parse(effects))
	.withShift(shift)
	.withSeed(seed)
def made = isophene.makeVirtualPlates(isophene.openScreen(screen.toPath()), folder.toPath(), options)
summary = made.fields().size() + " fields on " + made.plates().size() + " plates"
