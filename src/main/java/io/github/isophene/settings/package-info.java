// SPDX-License-Identifier: BSD-2-Clause
/**
 * Settings of plug-ins: what a user can choose about a correction or an objective, in which range, and the texts that
 * say so.
 * <p>Depends on: nothing.</p>
 */
package io.github.isophene.settings;
