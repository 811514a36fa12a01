// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

public final class Main {
	public static void main(String[] a) {}
}
