// SPDX-License-Identifier: BSD-2-Clause
/**
 * Zarr arrays of gray planes, versions 2 and 3 (with sharding), and what OME-NGFF 0.4 and
 * 0.5 write about plates, wells and images. Reads planes, writes images. Every error
 * names the path and the remedy.
 *
 * <p>Our own, because no library that resolves from Maven Central is light enough for
 * somebody's Fiji: zarr-java wants the whole SDK of AWS, NetCDF (which isn't there) and Jackson; jzarr knows
 * version 2 alone and wants a native Blosc on the machine; N5 isn't there at all. What
 * decompresses is a library (aircompressor, zstd-jni).</p>
 *
 * <p>May know: storage, files.</p>
 */
package io.github.isophene.zarr;
