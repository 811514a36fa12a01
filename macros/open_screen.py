# Finds the plates, wells, fields and channels in a folder, writes them as a screen table, and prints what each plate holds.
# Outside Fiji:
#   isophene macros/open_screen.py source=test-images/demo table=screen.csv

#@ File  (persist = false, label = "Folder or file", style = "both") source
#@ String(persist = false, label = "Format", value = "auto") format
#@ String(persist = false, label = "Pattern (for format = pattern)", value = "", required = false) pattern
#@ File  (persist = false, label = "Platemap (optional)", required = false) platemap
#@ File  (persist = false, label = "Screen table to write (.csv)", style = "save") table
#@ IsopheneService isophene
#@output String summary

screen = isophene.openScreen(source.toPath(), format, pattern or "", platemap.toPath() if platemap else None)
isophene.writeScreen(screen, table.toPath())

plates = screen.plates()
for plate in plates:
    fields = plates[plate]
    print("%s: %d fields in %d wells" % (plate, len(fields), len(set(f.well() for f in fields))))
summary = "%d fields, channels %s" % (len(screen.fields()), ", ".join(screen.channels()))
