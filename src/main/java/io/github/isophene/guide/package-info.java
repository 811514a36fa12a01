// SPDX-License-Identifier: BSD-2-Clause
/**
 * Pages of the guide as HTML, for help without a network. Their Markdown is in {@code src/site/markdown} of the
 * sources and in this package of the jar.
 */
package io.github.isophene.guide;
