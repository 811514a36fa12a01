// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Map;
import java.util.TreeMap;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;

/** The model card as {@code model.json} and back. */
final class CardJson {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	/** Key of what is said of the calibration. */
	static final String CALIBRATION = "calibration";

	private CardJson() {}

	/**
	 * Writes a card.
	 *
	 * @param weightsSha256 digest of the entry with the weights
	 * @param calibration the model's calibration, or {@code null}
	 * @param calibrationSha256 digest of the entry with it
	 */
	static String write(final ModelCard card, final String weightsSha256, final StatisticsCalibration calibration,
		final String calibrationSha256)
	{
		final JsonObject json = new JsonObject();
		json.addProperty("formatVersion",
			card.network().ofFirstVersion() ? ModelFile.VERSION : ModelFile.OTHER_NETWORKS);
		json.addProperty("name", card.name());
		json.addProperty("description", card.description());
		json.add("architecture", card.network().toJson());
		json.addProperty("input", card.input().label());
		json.add("channels", ModelJson.array(card.channels()));
		json.addProperty("tileSize", card.tileSize());
		// Absent means 1, so that the files of models of full size are what they always were.
		if (!card.downscale().equals("1")) json.addProperty("downscale", card.downscale());
		json.addProperty("intensity", card.intensity());
		json.addProperty("embeddingDimension", card.network().embeddingDimension());
		json.add("classes", ModelJson.array(card.classes()));
		json.addProperty("labelColumn", card.labelColumn());
		json.addProperty("statistics", card.statistics().label());
		final JsonObject training = new JsonObject();
		card.training().forEach(training::addProperty);
		json.add("training", training);
		json.addProperty("weightsSha256", weightsSha256);
		if (calibration != null) {
			final JsonObject of = new JsonObject();
			of.addProperty("version", StatisticsCalibration.VERSION);
			of.addProperty("queryShare", calibration.queryShare());
			of.addProperty("plates", calibration.plates());
			of.addProperty("sha256", calibrationSha256);
			json.add(CALIBRATION, of);
		}
		return GSON.toJson(json) + "\n";
	}

	/** @throws IllegalArgumentException naming the key that is missing or wrong */
	static ModelCard read(final JsonObject json) {
		final Map<String, String> training = new TreeMap<>();
		final JsonObject record = ModelJson.object(json, "training");
		for (final String key : record.keySet()) training.put(key, ModelJson.string(record, key));
		return new ModelCard(ModelJson.string(json, "name"), ModelJson.string(json, "description"),
			Network.fromJson(ModelJson.object(json, "architecture")),
			ModelJson.constant(json, "input", ModelCard.Input.class, ModelCard.Input::label),
			ModelJson.strings(json, "channels"),
			ModelJson.integer(json, "tileSize"), json.has("downscale") ? ModelJson.string(json, "downscale") : "1",
			ModelJson.string(json, "intensity"), ModelJson.strings(json, "classes"),
			ModelJson.string(json, "labelColumn"),
			ModelJson.constant(json, "statistics", StatisticsOrigin.class, StatisticsOrigin::label), training);
	}
}
