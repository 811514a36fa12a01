// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.messages.Count;

/**
 * A state dict from a PyTorch file ({@code .pt}, {@code .pth}), read without
 * running anything: a pickle is a program, and what ours can do is to build
 * tensors and containers. A file that asks for more is refused with the name of
 * what it asked for.
 * <p>
 * Views, strides and shared storages are resolved. Of a training checkpoint the
 * nested state dict is taken, and prefixes such as {@code module.} are taken
 * away. Of a TorchScript archive the weights are taken, and its code isn't read.
 * </p>
 *
 * @param weights the tensors by name, in single precision
 * @param notes what was chosen and changed, one line each, for the user to see
 */
public record PickledStateDict(StateDict weights, List<String> notes) {

	/** Keys under which checkpoints keep weights, the likeliest first. */
	private static final List<String> KEYS = List.of("state_dict", "model_state_dict", "model", "net", "network",
		"encoder", "backbone", "module", "weights", "params");
	private static final int MAX_DEPTH = 4;

	/**
	 * Reads a file that torch.save or torch.jit.save wrote.
	 *
	 * @throws IOException if it can't be read, holds code, holds no state dict or more
	 *           than one; the message names the file and the remedy
	 */
	public static PickledStateDict read(final Path file) throws IOException {
		try (TorchFile torch = TorchFile.open(file)) {
			final List<String> notes = new ArrayList<>();
			final Object content = torch.content();
			final Map<String, PickledTensor> tensors;
			if (content instanceof Unpickler.Attributes module) {
				tensors = ModuleTree.flatten(module, torch.name());
				notes.add("took the weights of a TorchScript archive, not its code");
			}
			else tensors = tensors(choose(content, torch.name(), torch.ignored(), notes), notes);
			if (!torch.ignored().isEmpty()) {
				notes.add("ignored what the file holds besides tensors, without running it: objects of " +
					String.join(", ", torch.ignored()));
			}
			return new PickledStateDict(torch.read(NamePrefixes.strip(tensors, notes)), List.copyOf(notes));
		}
	}

	/** The dict that holds the weights. */
	private static Map<?, ?> choose(final Object content, final String file, final Set<String> ignored,
		final List<String> notes) throws IOException
	{
		Object here = content;
		for (int depth = 0; depth < MAX_DEPTH && here instanceof Map<?, ?> map; depth++) {
			final String key = nested(map, file);
			if (key == null) {
				if (countTensors(map) == 0) break;
				return map;
			}
			notes.add("took the state dict under '" + key + "'");
			here = map.get(key);
		}
		throw new IOException(file + " holds no state dict, that is, no dict of tensors by name" +
			(ignored.isEmpty() ? "" : ", but objects of " + String.join(", ", ignored) + ", which are not read") +
			". Remedy: " + TorchFile.REMEDY);
	}

	/** The key of the nested dict to look at; {@code null} if it is this one. */
	private static String nested(final Map<?, ?> map, final String file) throws IOException {
		for (final String key : KEYS) {
			if (map.get(key) instanceof Map<?, ?> inner && (countTensors(inner) > 0 || hasKnownKey(inner))) return key;
		}
		if (countTensors(map) > 0) return null;
		final List<String> candidates = new ArrayList<>();
		final Map<Object, Boolean> seen = new java.util.IdentityHashMap<>();
		for (final Map.Entry<?, ?> e : map.entrySet()) {
			if (e.getKey() instanceof String key && e.getValue() instanceof Map<?, ?> inner &&
				seen.put(inner, true) == null && countTensors(inner) > 0) candidates.add(key);
		}
		if (candidates.size() > 1) {
			throw new IOException(file + " holds several state dicts (" +
				String.join(", ", candidates.subList(0, Math.min(5, candidates.size()))) +
				(candidates.size() > 5 ? ", ..." : "") + "): save the one of the encoder alone; " + TorchFile.REMEDY);
		}
		return candidates.isEmpty() ? null : candidates.get(0);
	}

	private static boolean hasKnownKey(final Map<?, ?> map) {
		return KEYS.stream().anyMatch(k -> map.get(k) instanceof Map);
	}

	private static long countTensors(final Map<?, ?> map) {
		return map.entrySet()
			.stream()
			.filter(e -> e.getKey() instanceof String && e.getValue() instanceof PickledTensor)
			.count();
	}

	private static Map<String, PickledTensor> tensors(final Map<?, ?> map, final List<String> notes) {
		final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
		for (final Map.Entry<?, ?> e : map.entrySet()) {
			if (e.getKey() instanceof String name && e.getValue() instanceof PickledTensor tensor)
				tensors.put(name, tensor);
		}
		if (tensors.size() < map.size())
			notes.add("left aside " + Count.of(map.size() - tensors.size(), "entry that is no tensor",
				"entries that are no tensors"));
		return tensors;
	}
}
