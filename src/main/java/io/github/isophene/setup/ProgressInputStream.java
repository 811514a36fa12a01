// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;

import io.github.isophene.progress.Progress;

/** A stream that tells how much of it was read, and notices when it ends too early. */
final class ProgressInputStream extends FilterInputStream {

	private static final long STEP = 1 << 20;

	private final String source;
	private final long total;
	private final Progress progress;
	private long done;
	private long told;

	/** @param total how many bytes there should be, -1 if unknown */
	ProgressInputStream(final InputStream in, final String source, final long total, final Progress progress) {
		super(in);
		this.source = source;
		this.total = total;
		this.progress = progress;
	}

	@Override
	public int read() throws IOException {
		final int b = super.read();
		count(b < 0 ? -1 : 1);
		return b;
	}

	@Override
	public int read(final byte[] bytes, final int from, final int n) throws IOException {
		final int read;
		try {
			read = super.read(bytes, from, n);
		}
		catch (final SocketException | SocketTimeoutException e) {
			throw new IOException(source + " broke off after " + done + (total < 0 ? "" : " of " + total) + " bytes (" +
				e.getMessage() + "): try again", e);
		}
		count(read);
		return read;
	}

	private void count(final int n) throws IOException {
		if (n < 0) {
			if (total >= 0 && done < total)
				throw new IOException(source + " ended after " + done + " of " + total +
					" bytes: the connection broke, or the file is cut short; try again");
			return;
		}
		done += n;
		if (done - told < STEP) return;
		told = done;
		if (total < 0) progress.report(source);
		else progress.report(source + ": " + (done >> 20) + " of " + (total >> 20) + " MB", done, total);
		progress.check(GpuLibrarySetup.CANCELED);
	}
}
