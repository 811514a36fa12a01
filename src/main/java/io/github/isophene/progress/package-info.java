// SPDX-License-Identifier: BSD-2-Clause
/**
 * Progress of long work, its sentences for the log, and its cancellation: one interface that every long operation
 * takes and divides among its parts. The service shows it as SciJava's task.
 * <p>Depends on: nothing.</p>
 */
package io.github.isophene.progress;
