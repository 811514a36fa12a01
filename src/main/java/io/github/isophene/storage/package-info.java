// SPDX-License-Identifier: BSD-2-Clause
/**
 * Storage of bytes under names: a folder, a web server, an S3-compatible bucket. Read
 * only, lazily, in parts where only parts are needed, with retries, and for whole files
 * with a bounded cache on disk.
 *
 * <pre>
 * Storage plate = Storages.open("s3://bucket/plates/plate1.zarr");
 * byte[] attributes = plate.read(".zattrs"); // null: there is none
 * </pre>
 *
 * <p>May know: files.</p>
 */
package io.github.isophene.storage;
