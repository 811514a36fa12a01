// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.util.List;

import javax.swing.JComboBox;

import org.scijava.plugin.Plugin;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/** Choice among the presets of a command, with a sentence on the chosen one. Choosing one sets its keys. */
@Plugin(type = InputWidget.class, priority = 1000)
public class PresetsWidget extends MessageWidget {

	private static final String OWN = "own choice";

	private final JComboBox<String> box = new JComboBox<>();
	private final Sentence sentence = new Sentence();
	private final RowUpdate update = new RowUpdate(panel, this::update);
	private boolean filling;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isMessage() && model.isStyle(Suggestions.PRESETS_STYLE) &&
			model.getModule().getDelegateObject() instanceof Suggestions;
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		panel.putClientProperty(SectionWidget.ENDS_SECTION, true);
		box.setName("isophene.presets");
		box.addItem(OWN);
		presets().forEach(preset -> box.addItem(preset.name()));
		box.setToolTipText("Sets the keys of the dialog that belong together; each can still be changed");
		box.addActionListener(event -> choose());
		sentence.reserve(presets().stream().map(Preset::sentence));
		panel.add(box);
		panel.add(sentence, BorderLayout.SOUTH);
		update.build();
	}

	/** Has its label in the column of the keys' labels. */
	@Override
	public boolean isLabeled() {
		return true;
	}

	private List<Preset> presets() {
		return ((Suggestions) get().getModule().getDelegateObject()).presets();
	}

	private CommandDialog dialog() {
		return ((Suggestions) get().getModule().getDelegateObject()).dialog();
	}

	private void choose() {
		if (filling || dialog() == null) return;
		final Object name = box.getSelectedItem();
		presets().stream().filter(preset -> preset.name().equals(name)).findFirst().ifPresent(preset -> {
			dialog().apply(preset);
			get().getPanel().refresh();
		});
		update.request();
	}

	@Override
	public void refreshWidget() {
		update.request();
	}

	private void update() {
		final Preset now = dialog() == null ? null : dialog().preset();
		filling = true;
		box.setSelectedItem(now == null ? OWN : now.name());
		filling = false;
		sentence.say(now == null ? "" : now.sentence());
	}
}
