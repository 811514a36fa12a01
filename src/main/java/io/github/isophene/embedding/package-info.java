// SPDX-License-Identifier: BSD-2-Clause
/**
 * From a screen to profiles: reading ahead, batches bounded by memory, one part per
 * plate so that a run can be taken up again, errors collected instead of thrown.
 * <p>May know: network, engine, pixels, profiles, screen.</p>
 */
package io.github.isophene.embedding;
