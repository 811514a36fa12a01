// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/** Base of optimizers: state arrays per parameter, the clipping of gradients, saving. */
abstract class ParameterOptimizer implements Optimizer {

	/**
	 * Constant that keeps the division finite when all gradients are 0, as in {@code
	 * torch.nn.utils.clip_grad_norm_}.
	 */
	private static final double CLIP_EPSILON = 1e-6;

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

	/** Changes one parameter and sets its gradient to 0. */
	abstract void update(NDArray parameter, NDArray gradient, NDArray[] state, double learningRate);

	@Override
	public final void step(final double learningRate) {
		steps++;
		if (clipNorm > 0) clip();
		trained.forEach((name, p) -> {
			try (NDArray g = p.getGradient()) {
				update(p, g, state.get(name), learningRate);
			}
		});
	}

	/** Shortens all gradients together to the longest length allowed. */
	private void clip() {
		final List<NDArray> gradients = new ArrayList<>();
		try {
			double squares = 0;
			for (final NDArray p : trained.values()) {
				final NDArray g = p.getGradient();
				gradients.add(g);
				try (NDArray square = g.square(); NDArray sum = square.sum()) {
					squares += sum.getFloat();
				}
			}
			final double factor = clipNorm / (Math.sqrt(squares) + CLIP_EPSILON);
			if (factor < 1) gradients.forEach(g -> g.muli((float) factor));
		}
		finally {
			gradients.forEach(NDArray::close);
		}
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
