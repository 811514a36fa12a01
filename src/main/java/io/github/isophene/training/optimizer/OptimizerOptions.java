// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.Locale;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Options of an optimizer. Names and formulas are those of {@code torch.optim}.
 *
 * @param kind the method
 * @param learningRate over the training
 * @param weightDecay added to the gradient as decay x weight (L2); with ADAMW the weights
 *          shrink by rate x decay instead
 * @param beta1 ADAM, ADAMW: how much of the mean gradient stays; SGD: the momentum
 * @param beta2 ADAM, ADAMW: how much of the mean squared gradient stays
 * @param epsilon ADAM, ADAMW: added to the denominator
 * @param nesterov SGD: whether the momentum looks ahead
 * @param clipNorm gradients longer than this, all together, are shortened to it; 0 = never
 */
public record OptimizerOptions(Kind kind, LearningRate learningRate, double weightDecay, double beta1, double beta2,
	double epsilon, boolean nesterov, double clipNorm)
{

	/** The methods. */
	public enum Kind {
		/** Kingma, Ba 2015, arXiv:1412.6980. */
		ADAM,
		/** Adam with decoupled weight decay: Loshchilov, Hutter 2019, arXiv:1711.05101. */
		ADAMW,
		/** Stochastic gradient descent with momentum. */
		SGD;

		/** {@code adam}, {@code adamw} or {@code sgd}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** @throws IllegalArgumentException if a number is out of range */
	public OptimizerOptions {
		check("weight decay", weightDecay, 0, Double.MAX_VALUE);
		check(kind == Kind.SGD ? "momentum" : "beta1", beta1, 0, Math.nextDown(1.0));
		check("beta2", beta2, 0, Math.nextDown(1.0));
		check("epsilon", epsilon, 0, Double.MAX_VALUE);
		check("longest gradient", clipNorm, 0, Double.MAX_VALUE);
		if (nesterov && (kind != Kind.SGD || beta1 == 0))
			throw new IllegalArgumentException("Nesterov's momentum needs sgd with a momentum above 0");
	}

	private static void check(final String what, final double value, final double min, final double max) {
		if (!(value >= min && value <= max))
			throw new IllegalArgumentException("The optimizer's " + what + " can't be " + value);
	}

	/** Adam with its usual constants: at rate 1e-3 the published recipe. */
	public static OptimizerOptions adam(final double rate) {
		return new OptimizerOptions(Kind.ADAM, new LearningRate(rate, LearningRate.Schedule.NONE), 0, 0.9, 0.999, 1e-8,
			false, 0);
	}

	/** AdamW with its usual constants. */
	public static OptimizerOptions adamW(final double rate, final double weightDecay) {
		return new OptimizerOptions(Kind.ADAMW, new LearningRate(rate, LearningRate.Schedule.NONE), weightDecay, 0.9,
			0.999, 1e-8, false, 0);
	}

	/** SGD. */
	public static OptimizerOptions sgd(final double rate, final double momentum, final boolean nesterov) {
		return new OptimizerOptions(Kind.SGD, new LearningRate(rate, LearningRate.Schedule.NONE), 0, momentum, 0, 0,
			nesterov, 0);
	}

	/** The same with another schedule of the learning rate. */
	public OptimizerOptions withSchedule(final LearningRate.Schedule schedule) {
		return new OptimizerOptions(kind, new LearningRate(learningRate.start(), schedule), weightDecay, beta1, beta2,
			epsilon, nesterov, clipNorm);
	}

	/** The same with another weight decay. */
	public OptimizerOptions withWeightDecay(final double decay) {
		return new OptimizerOptions(kind, learningRate, decay, beta1, beta2, epsilon, nesterov, clipNorm);
	}

	/** The same with gradients cut at a length; 0 = never. */
	public OptimizerOptions withClipNorm(final double norm) {
		return new OptimizerOptions(kind, learningRate, weightDecay, beta1, beta2, epsilon, nesterov, norm);
	}

	/**
	 * The optimizer itself.
	 *
	 * @param parent parent of the manager that holds its state
	 * @param trained the parameters that it changes, by name; they record gradients
	 */
	public Optimizer create(final NDManager parent, final Map<String, NDArray> trained) {
		return kind == Kind.SGD ? new Sgd(parent, trained, this) : new Adam(parent, trained, this);
	}
}
