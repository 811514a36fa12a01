// SPDX-License-Identifier: BSD-2-Clause
/**
 * Progress of long work, and its cancellation: one interface that every long operation takes.
 * <p>Depends on: nothing.</p>
 */
package io.github.isophene.progress;
