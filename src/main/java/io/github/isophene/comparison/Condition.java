// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Locale;

/**
 * Under which circumstances a method is tested.
 *
 * @param kind what sort
 * @param value alpha for {@link Kind#LABEL_SHIFT}, number of control wells for {@link Kind#CONTROL_WELLS},
 *          otherwise 0
 */
public record Condition(Kind kind, double value) implements Comparable<Condition> {

	/** The sorts of conditions. */
	public enum Kind {
		/** Plates of the training batches that were not trained on themselves, with all their images. */
		IN_DOMAIN,
		/** All plates of held-out batches, with all their images. */
		HELD_OUT,
		/** Held-out plates, classes mixed by a draw from a Dirichlet distribution. */
		LABEL_SHIFT,
		/** Held-out plates, all queries of one class. */
		SINGLE_CLASS,
		/** Held-out plates, with so many of their control wells. */
		CONTROL_WELLS
	}

	/** See {@link Kind#IN_DOMAIN}. */
	public static final Condition IN_DOMAIN = new Condition(Kind.IN_DOMAIN, 0);
	/** See {@link Kind#HELD_OUT}. */
	public static final Condition HELD_OUT = new Condition(Kind.HELD_OUT, 0);
	/** See {@link Kind#SINGLE_CLASS}. */
	public static final Condition SINGLE_CLASS = new Condition(Kind.SINGLE_CLASS, 0);

	/** Classes ~ Dirichlet(alpha); infinite: all equally probable. */
	public static Condition labelShift(final double alpha) {
		return new Condition(Kind.LABEL_SHIFT, alpha);
	}

	/** Returns whether plates are tested with all their images and controls. */
	boolean isWhole() {
		return kind == Kind.IN_DOMAIN || kind == Kind.HELD_OUT;
	}

	/** So many control wells. */
	public static Condition controlWells(final int wells) {
		return new Condition(Kind.CONTROL_WELLS, wells);
	}

	/** {@code in-domain, held-out, alpha=inf, alpha=0.01, single-class, control-wells=8}... */
	public String label() {
		return switch (kind) {
			case IN_DOMAIN -> "in-domain";
			case HELD_OUT -> "held-out";
			case LABEL_SHIFT -> "alpha=" + number();
			case SINGLE_CLASS -> "single-class";
			case CONTROL_WELLS -> "control-wells=" + number();
		};
	}

	private String number() {
		if (Double.isInfinite(value)) return "inf";
		return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%s", value);
	}

	/** By kind; label shifts from mild to severe, wells from few to many. */
	@Override
	public int compareTo(final Condition other) {
		final int byKind = kind.compareTo(other.kind);
		if (byKind != 0) return byKind;
		return kind == Kind.LABEL_SHIFT ? Double.compare(other.value, value) : Double.compare(value, other.value);
	}
}
