// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

/** Connected components, found by joining. */
final class Components {

	private final int[] parent;
	private final int[] size;

	Components(final int n) {
		parent = Matrix.all(n);
		size = Matrix.indices(n, i -> 1);
	}

	void join(final int a, final int b) {
		final int rootA = root(a);
		final int rootB = root(b);
		if (rootA == rootB) return;
		parent[rootB] = rootA;
		size[rootA] += size[rootB];
	}

	/** How many are connected with this one, itself included. */
	int size(final int a) {
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
