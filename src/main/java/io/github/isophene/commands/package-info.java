// SPDX-License-Identifier: BSD-2-Clause
/**
 * The menu {@code Plugins > Isophene}: one SciJava command per task, each with its
 * parameters, its help text and its progress. No logic: a command hands its
 * parameters to {@link io.github.isophene.IsopheneService} and shows what comes back.
 * <p>May know: the service and the types it takes and gives.</p>
 */
package io.github.isophene.commands;
