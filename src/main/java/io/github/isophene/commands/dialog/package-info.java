// SPDX-License-Identifier: BSD-2-Clause
/**
 * Toolkit of the commands' dialogs: the common base class, checks of what is typed in as it is typed, and SciJava
 * widgets for sections, messages and suggestions.
 * <p>Depends on: the service's argument types, screen, profiles, network. No command.</p>
 */
package io.github.isophene.commands.dialog;
