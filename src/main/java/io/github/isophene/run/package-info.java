// SPDX-License-Identifier: BSD-2-Clause
/**
 * Long runs that write tables plate by plate and resume ({@link io.github.isophene.run.PlateLoop}): parts of finished plates, the list of what failed, the count of fields, the outline that
 * tells whether an earlier run in the folder can be resumed, and which plates are computed again because their
 * images have changed.
 * <p>Depends on: profiles, screen, files, progress.</p>
 */
package io.github.isophene.run;
