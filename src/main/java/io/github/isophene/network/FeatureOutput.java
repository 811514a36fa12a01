// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.gson.JsonObject;

/**
 * Place in a network from which an embedding is taken, and the way from the activations there to one vector.
 *
 * @param unit part of the network that is counted; {@code null}: the network's own last features
 * @param index number of that part, as in the names of the weights ({@code layer3}, {@code _blocks.10}); 0 without a
 *          part
 * @param pooling way from activations to a vector; {@code null}: the network's own
 */
public record FeatureOutput(LayerUnit unit, int index, Pooling pooling) {

	/** Part of a network after which features can be taken. */
	public enum LayerUnit {
		/** A stage of blocks of one resolution, of a residual network. */
		STAGE,
		/** A single block. */
		BLOCK;

		/** {@code stage}, {@code block}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** Way from activations to a vector. */
	public enum Pooling {
		/** Mean over a feature map. */
		MEAN("mean", 1),
		/** Mean and standard deviation over a feature map: all means, then all standard deviations. */
		MEAN_SD("mean+sd", 2),
		/** Class token of a transformer. */
		CLASS("class", 1),
		/** Mean of a transformer's patch tokens. */
		PATCHES("patches", 1),
		/** Class token, then mean of the patch tokens. */
		CLASS_PATCHES("class+patches", 2);

		/** Poolings of a feature map; the first is the default. */
		static final List<Pooling> OF_MAPS = List.of(MEAN, MEAN_SD);

		private final String label;
		private final int vectors;

		Pooling(final String label, final int vectors) {
			this.label = label;
			this.vectors = vectors;
		}

		/** Returns the notation of the key {@code pool}. */
		public String label() {
			return label;
		}

		/** Returns the number of values per channel of the activations. */
		public int vectors() {
			return vectors;
		}

		/**
		 * Returns the side of the smallest tile of a network with feature maps, pixels: one that leaves a map of 2 x 2
		 * where its spread is a feature.
		 *
		 * @param stride pixels of a tile for one of the map
		 */
		int minimumTile(final int stride) {
			return Math.max(ModelCard.MIN_TILE, this == MEAN_SD ? 2 * stride : 0);
		}
	}

	/** The network's own last features, pooled in its own way. */
	public static final FeatureOutput OWN = new FeatureOutput(null, 0, null);

	/** Key in {@code model.json}; absent for a network's last features. */
	private static final String OUTPUT = "output";
	/** Key in {@code model.json}; absent for a network's own pooling. */
	private static final String POOL = "pool";
	/** Word for a network's last features. */
	private static final String LAST = "last";

	private static final Pattern PLACE = Pattern.compile("(stage|block):([0-9]{1,3})");

	/** @throws IllegalArgumentException if there is an index without a part */
	public FeatureOutput {
		if (index < 0 || unit == null && index != 0)
			throw new IllegalArgumentException("There is no part " + index + " of a network");
	}

	/**
	 * Parses what a user gives.
	 *
	 * @param output {@code stage:3}, {@code block:10}; {@code last} or empty: the network's last features
	 * @param pool a label of {@link Pooling}; empty: the network's own
	 * @throws IllegalArgumentException naming the key, if a text is none of these
	 */
	public static FeatureOutput of(final String output, final String pool) {
		final String place = output.strip().toLowerCase(Locale.ROOT);
		final String way = pool.strip().toLowerCase(Locale.ROOT);
		final Matcher part = PLACE.matcher(place);
		final boolean own = place.isEmpty() || place.equals(LAST);
		if (!own && !part.matches())
			throw new IllegalArgumentException("output = " + output + ": must be " + LAST +
				", stage:n for a ResNet, or block:n for another network, such as stage:3 or block:10");
		final Pooling pooling = way.isEmpty() ? null
			: Arrays.stream(Pooling.values())
				.filter(p -> p.label.equals(way))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("pool = " + pool + ": must be one of " +
					labels(List.of(Pooling.values()))));
		return own ? new FeatureOutput(null, 0, pooling)
			: new FeatureOutput(LayerUnit.valueOf(part.group(1).toUpperCase(Locale.ROOT)),
				Integer.parseInt(part.group(2)), pooling);
	}

	/** Returns whether features are the network's last ones, whatever the pooling. */
	public boolean last() {
		return unit == null;
	}

	/** Returns the notation of the key {@code output}. */
	public String place() {
		return unit == null ? LAST : unit.label() + ":" + index;
	}

	/** Returns the pooling, or another one where it is the network's own. */
	public Pooling pooling(final Pooling own) {
		return pooling == null ? own : pooling;
	}

	/**
	 * Checks that a network has this output.
	 *
	 * @param network the network's name, for the message
	 * @param counted part that the network counts
	 * @param first number of its first part
	 * @param end number of its last part
	 * @param poolings ways that it has; the first is its own
	 * @return the same, with the default values as {@link #OWN} has them
	 * @throws IllegalArgumentException naming the key and the values that are possible
	 */
	FeatureOutput in(final String network, final LayerUnit counted, final int first, final int end,
		final List<Pooling> poolings)
	{
		if (unit != null && (unit != counted || index < first || index > end))
			throw new IllegalArgumentException("output = " + place() + ": " + network + " has " + LAST + " and " +
				counted.label() + ":" + first + " to " + counted.label() + ":" + end);
		if (pooling != null && !poolings.contains(pooling))
			throw new IllegalArgumentException(
				"pool = " + pooling.label + ": " + network + " has " + labels(poolings));
		return pooling == poolings.get(0) ? new FeatureOutput(unit, index, null) : this;
	}

	private static String labels(final List<Pooling> poolings) {
		return poolings.stream().map(Pooling::label).collect(Collectors.joining(", "));
	}

	/** Returns an ending for a model's name: {@code -stage3-mean+sd}; empty for the network's own output. */
	String suffix() {
		return (unit == null ? "" : "-" + unit.label() + index) + (pooling == null ? "" : "-" + pooling.label);
	}

	/** Adds what is not the network's own. */
	void addTo(final JsonObject json) {
		if (unit != null) json.addProperty(OUTPUT, place());
		if (pooling != null) json.addProperty(POOL, pooling.label);
	}

	/**
	 * Reads from the object that describes the network.
	 *
	 * @throws IllegalArgumentException naming the key whose value is wrong
	 */
	static FeatureOutput fromJson(final JsonObject json) {
		return of(json.has(OUTPUT) ? ModelJson.string(json, OUTPUT) : "",
			json.has(POOL) ? ModelJson.string(json, POOL) : "");
	}

	/** The key's notation: {@code last}, {@code stage:3}, {@code block:10 mean+sd}... */
	@Override
	public String toString() {
		return place() + (pooling == null ? "" : " " + pooling.label);
	}
}
