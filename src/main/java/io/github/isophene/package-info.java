// SPDX-License-Identifier: BSD-2-Clause
/**
 * The doors that are no menu item: {@link io.github.isophene.IsopheneService}, the
 * typed API behind every door; the op functions; and the command-line entry.
 * <p>May know: every room except the commands.</p>
 */
package io.github.isophene;
