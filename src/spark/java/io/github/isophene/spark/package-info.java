// SPDX-License-Identifier: BSD-2-Clause
/**
 * Jobs on Apache Spark: the same operations on many machines, plate by plate. A job names fields, never pixels;
 * every task is one plate, so that a plate's controls stay together, and calls the service of the desktop. Nothing
 * here computes anything of its own. May know the root and everything below it; nobody may know this room, and Spark
 * is never in a Fiji.
 */
package io.github.isophene.spark;
