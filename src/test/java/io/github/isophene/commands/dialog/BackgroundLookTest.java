// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.swing.ButtonModel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

import io.github.isophene.commands.OpenScreen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.prefs.PrefService;
import org.scijava.widget.AbstractInputPanel;
import org.scijava.widget.DefaultWidgetModel;

/** Files are looked at beside Swing's thread, and what a user types meanwhile stays. */
class BackgroundLookTest {

	@TempDir
	Path folder;

	private Context context;
	private Module open;
	private CommandDialog dialog;

	@BeforeEach
	void start() throws Exception {
		LastStep.clear();
		context = new Context();
		context.service(PrefService.class).clear(OpenScreen.class);
		open = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(OpenScreen.class));
		dialog = new CommandDialog(open, context.service(PrefService.class));
		dialog.open();
		for (final String name : List.of("A01_s1_DAPI.tif", "B02_s1_DAPI.tif")) Files.createFile(folder.resolve(name));
	}

	@AfterEach
	void dispose() {
		context.dispose();
	}

	@Test
	void fillsKeysInAndKnowsSuggestionsWithoutReadingInSwingsThread() throws Exception {
		open.setInput("source", folder.toFile());
		final BackgroundLook look = new BackgroundLook(dialog);
		final AtomicReference<CommandDialog.Advice> found = new AtomicReference<>();
		final CountDownLatch done = new CountDownLatch(1);
		SwingUtilities.invokeAndWait(() -> look.begin(advice -> {
			found.set(advice);
			done.countDown();
		}));
		assertTrue(done.await(60, TimeUnit.SECONDS));
		assertTrue(found.get().ready(), found.get().text());
		assertEquals(folder.resolve("screen.csv").toFile(), open.getInput("table"));
		assertTrue(open.getInput("pattern").toString().startsWith("(?<well>"), open.getInput("pattern").toString());
		assertTrue(dialog.suggestions("pattern").contains(open.getInput("pattern")));
		assertTrue(dialog.isReady());
	}

	@Test
	void whatWasTypedDuringALookStays() {
		open.setInput("source", folder.toFile());
		final CommandDialog.Keys asked = dialog.keys();
		final CommandDialog.Advice advice = dialog.copy().look(asked);
		assertNull(open.getInput("table"), "a look changes nothing by itself");
		open.setInput("pattern", "(?<well>mine)");
		assertFalse(dialog.take(asked, advice));
		assertEquals("(?<well>mine)", open.getInput("pattern"));
		assertNull(open.getInput("table"));
		final CommandDialog.Keys now = dialog.keys();
		assertTrue(dialog.take(now, dialog.copy().look(now)));
		assertEquals("(?<well>mine)", open.getInput("pattern"));
		assertEquals(folder.resolve("screen.csv").toFile(), open.getInput("table"));
	}

	/** Advice on the keys before is not given on those that are typed meanwhile. */
	@Test
	void aResultOfEarlierKeysIsNeverShown() throws Exception {
		final BackgroundLook look = new BackgroundLook(dialog);
		open.setInput("source", folder.toFile());
		final List<String> said = Collections.synchronizedList(new ArrayList<>());
		final CountDownLatch done = new CountDownLatch(1);
		SwingUtilities.invokeAndWait(() -> {
			look.begin(advice -> {
				said.add(advice.text().replaceAll("<[^>]+>", ""));
				done.countDown();
			});
			open.setInput("pattern", "(");
		});
		assertTrue(done.await(60, TimeUnit.SECONDS));
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(1, said.size(), said.toString());
		assertTrue(said.get(0).startsWith("Pattern: The pattern is no regular expression"), said.toString());
		assertFalse(dialog.isReady());
	}

	/** The moment between a key stroke and the dialog's notice of it. */
	@Test
	void okCantBePressedForKeysThatWereNotLookedAt() {
		open.setInput("source", folder.toFile());
		final ButtonModel ok = new FooterWidget.CurrentKeys(dialog);
		ok.setEnabled(true);
		assertFalse(ok.isEnabled(), "nothing was looked at");
		final CommandDialog.Keys asked = dialog.keys();
		assertTrue(dialog.take(asked, dialog.copy().look(asked)));
		assertTrue(ok.isEnabled());
		final Object good = open.getInput("pattern");
		open.setInput("pattern", "(");
		assertFalse(ok.isEnabled());
		open.setInput("pattern", good);
		assertTrue(ok.isEnabled());
	}

	@Test
	void theWholeDiskIsRefusedAtOnceWhateverTheFormat() {
		open.setInput("source", new File("/"));
		for (final String format : List.of("auto", "pattern", "cellvoyager")) {
			open.setInput("format", format);
			open.setInput("pattern", format.equals("pattern") ? "(?<well>[A-P][0-9]+).*" : "");
			final long start = System.nanoTime();
			assertTrue(dialog.advice().contains("Folder or file: / is the whole disk: choose the folder that holds"),
				dialog.advice());
			assertFalse(dialog.isReady());
			assertTrue(System.nanoTime() - start < 20_000_000_000L, "it has searched the disk");
		}
	}

	/** A file's name has no slash at its end. */
	@Test
	void aRefreshKeepsTheSlashThatIsBeingTyped() throws Exception {
		final AbstractInputPanel<JPanel, JPanel> panel = new AbstractInputPanel<>() {

			@Override
			public Class<JPanel> getWidgetComponentType() {
				return JPanel.class;
			}

			@Override
			public JPanel getComponent() {
				return null;
			}

			@Override
			public Class<JPanel> getComponentType() {
				return JPanel.class;
			}
		};
		final FileKeyWidget widget = new FileKeyWidget();
		context.inject(widget);
		widget.set(new DefaultWidgetModel(context, panel, open, open.getInfo().getInput("source"), List.of()));
		panel.addWidget(widget);
		final JTextField field = (JTextField) widget.getComponent().getComponent(0);
		for (final String typed : List.of("/", "/data", "/data/", "/data/x", "https:", "https:/", "https://",
			"https://host/p.zarr"))
		{
			SwingUtilities.invokeAndWait(() -> {
				field.setText(typed);
				widget.update();
			});
			assertEquals(typed, field.getText());
		}
		open.setInput("source", new File("/elsewhere"));
		SwingUtilities.invokeAndWait(widget::update);
		assertEquals("/elsewhere", field.getText());
		open.setInput("source", null);
		SwingUtilities.invokeAndWait(widget::update);
		assertEquals("", field.getText());
	}
}
