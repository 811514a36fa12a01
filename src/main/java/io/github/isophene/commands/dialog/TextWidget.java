// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.IOException;
import java.net.URL;
import java.util.Objects;

import javax.swing.event.HyperlinkEvent;

import io.github.isophene.guide.GuidePages;
import org.scijava.log.LogService;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/** A text with links that fills the width of a dialog: its header, and what is still missing. */
@Plugin(type = InputWidget.class, priority = 1000)
public class TextWidget extends MessageWidget {

	@Parameter
	private PlatformService platform;

	@Parameter
	private LogService log;

	private final WrappedText pane = new WrappedText();
	private final RowUpdate update = new RowUpdate(panel, this::update);
	private String shown = "";

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isMessage() && model.isStyle(Suggestions.TEXT_STYLE);
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		pane.addHyperlinkListener(this::follow);
		panel.putClientProperty(SectionWidget.ENDS_SECTION, true);
		panel.add(pane);
		WrappedText.fillRow(panel, 0);
		update.build();
	}

	private void follow(final HyperlinkEvent event) {
		final URL url = event.getURL();
		if (event.getEventType() == HyperlinkEvent.EventType.ACTIVATED)
			Browser.open(platform, log, url, () -> target(url));
	}

	/** Pages of the guide open from the jar, without a network; they lead to the web themselves. */
	private URL target(final URL url) throws IOException {
		if (!url.toString().startsWith(GuidePages.WEB)) return url;
		try {
			return GuidePages.file(url.toString().substring(GuidePages.WEB.length())).toUri().toURL();
		}
		catch (final IOException exc) {
			log.debug(exc);
			return url;
		}
	}

	@Override
	public void refreshWidget() {
		update.request();
	}

	private void update() {
		final String text = get().getText();
		// Setting the same text again would scroll the dialog to it.
		if (Objects.equals(text, shown)) return;
		shown = text;
		pane.setText(text);
	}
}
