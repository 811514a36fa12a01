// SPDX-License-Identifier: BSD-2-Clause
/**
 * Bio-Formats as a screen format and a field reader, for every file that no other reader
 * knows. Built by the Maven profile {@code fiji}; found by SciJava where the jar has it,
 * and silent where Bio-Formats itself is missing: only classes that are not annotated
 * name its types.
 * <p>May know: pixels, screen, files.</p>
 */
package io.github.isophene.bioformats;
