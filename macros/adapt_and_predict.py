# Predicts the classes of every field and well of a screen, with the model adapted to each plate
# from its negative controls. The model is a file that Fine-tune Model (macros/fine_tune_model) writes.
# Outside Fiji:
#   isophene macros/adapt_and_predict.py screen=test-images/demo/screen.csv model=demo-model.zip predictions=predictions.parquet

#@ File   (persist = false, label = "Screen table or folder", style = "both") screen
#@ String (persist = false, label = "Model file, or several separated by commas") model
#@ String (persist = false, label = "Statistics", value = "auto", required = false) statistics
#@ String (persist = false, label = "Negative controls", value = "Metadata_pert_type=negcon") controls
#@ File   (persist = false, label = "Predictions to write (.parquet, .csv, .csv.gz)", style = "save") predictions
#@ IsopheneService isophene
#@output String summary

from io.github.isophene.adaptation import ScreenPredictionOptions

opened = isophene.openScreen(screen.toPath())
options = ScreenPredictionOptions.into(predictions.toPath()).withModel(model).withStatistics(statistics or "auto").withControls(controls)
report = isophene.predictScreen(opened, options)

summary = report.message()
