// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.github.isophene.cli.InProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed in the middle, without any chance to tidy up, is taken up
 * again and ends with the same model file. Once, or {@code -Disophene.kills=20} times.
 */
class KilledTrainingTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	Path folder;

	@Test
	void aKilledTrainingIsTakenUpAndEndsWithTheSameBytes() throws Exception {
		final int kills = Integer.getInteger("isophene.kills", 1);
		final Random random = new Random(Long.getLong("isophene.kill.seed", 1));
		final int epochs = 4 + 3 * kills;
		final InProcess undisturbed = InProcess.run(training("whole", epochs));
		assertEquals(0, undisturbed.status(), undisturbed.output());
		final Path checkpoint = folder.resolve("killed/model.zip.checkpoint");
		int killed = 0;
		for (int i = 0; i < kills; i++) {
			final OwnProcess victim = OwnProcess.start(folder, training("killed", epochs));
			// From the reading of images to the third epoch, or the middle of the writing of a file.
			final int done = random.nextInt(3);
			while (victim.isAlive() && victim.output().split("Epoch ", -1).length - 1 < done) Thread.sleep(5);
			Thread.sleep(random.nextInt(300));
			if (victim.isAlive()) killed++;
			victim.kill();
		}
		assertEquals(kills, killed, "a training was over before it was killed: make it longer");
		final boolean left = Files.exists(checkpoint);
		final InProcess again = InProcess.run(training("killed", epochs));
		assertEquals(0, again.status(), again.output());
		if (left) assertTrue(again.output().contains("Resuming at epoch"), again.output());
		assertArrayEquals(Files.readAllBytes(folder.resolve("whole/model.zip")),
			Files.readAllBytes(folder.resolve("killed/model.zip")));
		assertEquals(Files.readString(folder.resolve("whole/model.csv")),
			Files.readString(folder.resolve("killed/model.csv")));
		try (var files = Files.list(checkpoint.getParent())) {
			assertEquals(3, files.count(), "model, log and plot, and nothing else");
		}
		assertFalse(Files.exists(checkpoint));
	}

	private String[] training(final String name, final int epochs) {
		return new String[] {"--headless", "--run", "Fine-tune Model...",
			"screen=\"" + OwnProcess.slashes(SCREEN.toPath()) +
				"\",label=\"Metadata_Compound\",architecture=\"resnet18:4\",tile=32,epochs=" + epochs +
				",queries=2,accumulate=1,model=\"" + OwnProcess.slashes(folder.resolve(name).resolve("model.zip")) +
				"\""};
	}
}
