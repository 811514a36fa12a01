// SPDX-License-Identifier: BSD-2-Clause
/**
 * Long runs that write tables plate by plate and resume: one loop ({@link io.github.isophene.run.PlateLoop}) over the
 * plates of an outline, the storage of finished plates, the list of what failed, the count of fields, and the rule for
 * plates that are computed again because their images have changed. Embedding, prediction and cluster jobs give the
 * loop the work on plates.
 * <p>Depends on: profiles, screen, files, messages, progress.</p>
 */
package io.github.isophene.run;
