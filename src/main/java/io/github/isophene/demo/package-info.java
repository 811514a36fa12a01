// SPDX-License-Identifier: BSD-2-Clause
/**
 * Simulated screens with known phenotypes and known batch effects.
 * <p>May know: screen.</p>
 */
package io.github.isophene.demo;
