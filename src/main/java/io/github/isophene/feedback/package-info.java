// SPDX-License-Identifier: BSD-2-Clause
/**
 * Progress of running commands on the screen: ImageJ's status line and progress bar, and a small window with a
 * Cancel button.
 */
package io.github.isophene.feedback;
