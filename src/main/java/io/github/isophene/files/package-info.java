// SPDX-License-Identifier: BSD-2-Clause
/**
 * Files that are whole or not there: what every room that writes needs.
 * <p>May know: no other room.</p>
 */
package io.github.isophene.files;
