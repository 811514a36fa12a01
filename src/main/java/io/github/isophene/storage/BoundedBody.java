// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Body of an answer, which is given up as soon as it is larger than its limit, whatever length it has announced. */
final class BoundedBody implements BodySubscriber<byte[]> {

	private final long limit;
	private final long announced;
	private final List<ByteBuffer> parts = new ArrayList<>();
	private final CompletableFuture<byte[]> body = new CompletableFuture<>();
	private Subscription subscription;
	private long size;

	/**
	 * @param limit bytes that the body may have
	 * @param announced bytes that it has by its header; -1: it doesn't say
	 */
	BoundedBody(final long limit, final long announced) {
		this.limit = limit;
		this.announced = announced;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return body;
	}

	@Override
	public void onSubscribe(final Subscription given) {
		subscription = given;
		if (announced > limit) giveUp();
		else given.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(final List<ByteBuffer> buffers) {
		if (body.isDone()) return;
		for (final ByteBuffer buffer : buffers) size += buffer.remaining();
		if (size > limit) giveUp();
		else parts.addAll(buffers);
	}

	private void giveUp() {
		parts.clear();
		subscription.cancel();
		body.completeExceptionally(SizeLimit.exceeded("", limit));
	}

	@Override
	public void onError(final Throwable thrown) {
		parts.clear();
		body.completeExceptionally(thrown);
	}

	@Override
	public void onComplete() {
		if (body.isDone()) return;
		try {
			final byte[] bytes = new byte[(int) size];
			int at = 0;
			for (final ByteBuffer part : parts) {
				final int length = part.remaining();
				part.get(bytes, at, length);
				at += length;
			}
			parts.clear();
			body.complete(bytes);
		}
		catch (final OutOfMemoryError exc) {
			parts.clear();
			body.completeExceptionally(exc);
		}
	}
}
