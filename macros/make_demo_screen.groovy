// Simulates a small screen with known phenotypes and known batch effects, to try things on.
// Outside Fiji:
//   isophene macros/make_demo_screen.groovy folder=demo

#@ File   (persist = false, label = "A new or empty folder", style = "directory") folder
#@ Integer(persist = false, label = "Batches", value = 6) batches
#@ Integer(persist = false, label = "Plates per batch", value = 2) plates
#@ Integer(persist = false, label = "Wells per plate", value = 16) wells
#@ Integer(persist = false, label = "Fields per well", value = 2) fields
#@ Integer(persist = false, label = "Image size (pixels)", value = 192) size
#@ Integer(persist = false, label = "Phenotypes", value = 6) classes
#@ Boolean(persist = false, label = "Divide treatments among plates", value = false) library
#@ String (persist = false, label = "Technical effects", choices = {"standard", "jump"}, value = "standard") effects
#@ Double (persist = false, label = "Strength of the effects", value = 1.0) shift
#@ Integer(persist = false, label = "Seed", value = 1) seed
#@ IsopheneService isophene
#@output String summary

import io.github.isophene.demo.DemoOptions
import io.github.isophene.demo.Effects

def options = DemoOptions.defaults()
	.withBatches(batches)
	.withPlates(plates)
	.withWells(wells)
	.withFields(fields)
	.withSize(size)
	.withClasses(classes)
	.withLibrary(library)
	.withEffects(Effects.parse(effects))
	.withShift(shift)
	.withSeed(seed)
def screen = isophene.makeDemoScreen(folder.toPath(), options)
summary = screen.fields().size() + " fields on " + screen.plates().size() + " plates"
