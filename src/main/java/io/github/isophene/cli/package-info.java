// SPDX-License-Identifier: BSD-2-Clause
/**
 * Command line of Isophene outside Fiji: {@code isophene <command> key=value ...}. Commands, keys, defaults and
 * explanations are those of the menu's commands, read from their parameters; nothing is listed here by hand.
 */
package io.github.isophene.cli;
