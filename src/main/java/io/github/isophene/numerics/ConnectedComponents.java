// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/** Connected components, found by joining. */
public final class ConnectedComponents {

	private final int[] parent;
	private final int[] size;

	public ConnectedComponents(final int n) {
		parent = Matrix.all(n);
		size = Matrix.indices(n, i -> 1);
	}

	public void join(final int a, final int b) {
		final int rootA = root(a);
		final int rootB = root(b);
		if (rootA == rootB) return;
		parent[rootB] = rootA;
		size[rootA] += size[rootB];
	}

	/** Returns the size of the component that holds an element, itself included. */
	public int size(final int a) {
		return size[root(a)];
	}

	private int root(final int a) {
		int root = a;
		while (parent[root] != root) {
			parent[root] = parent[parent[root]];
			root = parent[root];
		}
		return root;
	}
}
