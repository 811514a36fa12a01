// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Tensors;
import io.github.isophene.engine.TrainingOps;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/** Base of optimizers: state arrays per parameter, the clipping of gradients, saving. */
abstract class ParameterOptimizer implements Optimizer {

	private final NDManager manager;
	private final Map<String, NDArray> trained;
	private final List<String> roles;
	private final Map<String, NDArray[]> state = new LinkedHashMap<>();
	private final double clipNorm;
	private long steps;

	/** @param roles names of the state arrays of a parameter; each starts with 0 */
	ParameterOptimizer(final NDManager parent, final Map<String, NDArray> trained, final double clipNorm,
		final String... roles)
	{
		manager = parent.newSubManager();
		this.trained = new LinkedHashMap<>(trained);
		this.roles = List.of(roles);
		this.clipNorm = clipNorm;
		trained.forEach((name, p) -> state.put(name,
			Arrays.stream(roles).map(r -> manager.zeros(p.getShape(), p.getDataType())).toArray(NDArray[]::new)));
	}

	/**
	 * Changes the parameters.
	 *
	 * @param parameters all that are trained
	 * @param gradients one per parameter
	 * @param state the arrays of each role, one per parameter
	 */
	abstract void update(NDList parameters, NDList gradients, List<NDList> state, double learningRate);

	@Override
	public final void step(final double learningRate, final NDList gradients) {
		if (gradients.size() != trained.size())
			throw new IllegalArgumentException(
				"There are " + trained.size() + " parameters, but " + gradients.size() + " gradients");
		steps++;
		if (clipNorm > 0) TrainingOps.clip(gradients, clipNorm);
		final List<NDList> byRole = new ArrayList<>();
		for (int i = 0; i < roles.size(); i++) {
			final int role = i;
			byRole.add(new NDList(state.values().stream().map(arrays -> arrays[role]).toArray(NDArray[]::new)));
		}
		update(new NDList(trained.values()), gradients, byRole, learningRate);
	}

	@Override
	public final long steps() {
		return steps;
	}

	@Override
	public final StateDict state() {
		final StateDict copy = new StateDict();
		state.forEach((name, arrays) -> {
			for (int i = 0; i < arrays.length; i++) {
				copy.put(name + "." + roles.get(i), arrays[i].getShape().getShape(), arrays[i].toFloatArray());
			}
		});
		return copy;
	}

	@Override
	public final void restore(final StateDict saved, final long savedSteps) {
		if (saved.size() != state.size() * roles.size())
			throw new IllegalArgumentException("The saved state of the optimizer has " + saved.size() +
				" arrays, but " + state.size() * roles.size() + " are needed: it is of another training");
		state.forEach((name, arrays) -> {
			for (int i = 0; i < arrays.length; i++) {
				final String key = name + "." + roles.get(i);
				if (!saved.contains(key))
					throw new IllegalArgumentException(
						"The saved state of the optimizer has no " + key + ": it is of another training");
				final NamedTensor w = saved.get(key);
				if (!Arrays.equals(w.shape(), arrays[i].getShape().getShape()))
					throw new IllegalArgumentException("The saved state of the optimizer has " + key + " as " + w +
						", but " + arrays[i].getShape() + " is needed");
				final NDArray restored = Tensors.create(manager, w.values(), w.shape());
				arrays[i].close();
				arrays[i] = restored;
			}
		});
		steps = savedSteps;
	}

	@Override
	public final void close() {
		manager.close();
	}
}
