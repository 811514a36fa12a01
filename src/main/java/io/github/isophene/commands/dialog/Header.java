// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import io.github.isophene.guide.GuidePages;

/** The text at the top of every dialog: what the command does, whom to cite, where there is help. */
public final class Header {

	public static final String CS_ARM_BN = "Sanchez-Fernandez, Pinetz, Zellinger, Klambauer, ICML 2026, " +
		link("arxiv.org/abs/2604.20824", "arXiv:2604.20824");
	public static final String ABRA = "Tong, Yao et al. 2026, " + link("arxiv.org/abs/2603.05622", "arXiv:2603.05622");

	private Header() {}

	/**
	 * @param what one or two sentences
	 * @param cite what to cite beside Isophene; may be empty
	 * @param page page of the guide below {@code src/site/markdown}, without extension, such as {@code guide/embed}
	 */
	public static String of(final String title, final String what, final String cite, final String page) {
		return "<html><b>" + title + "</b><br>" + what + "<br>" + (cite.isEmpty() ? "" : "Cite: " + cite + ". ") +
			"<a href='" + GuidePages.WEB + page + ".md'>Help</a></html>";
	}

	private static String link(final String address, final String text) {
		return "<a href='https://" + address + "'>" + text + "</a>";
	}
}
