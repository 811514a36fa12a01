// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.storage.RemoteConsent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;

/** Every command that reads a screen, on a stranger's table of addresses. */
class RemoteConsentTest {

	@TempDir
	private Path folder;

	private final AtomicInteger requests = new AtomicInteger();
	private HttpServer server;
	private String host;
	private Path table;

	@BeforeEach
	void listen() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			requests.incrementAndGet();
			exchange.sendResponseHeaders(404, -1);
			exchange.close();
		});
		server.start();
		host = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
		table = Files.writeString(folder.resolve("stranger.csv"), "Metadata_Plate,Metadata_Well,Metadata_pert_type," +
			"Metadata_Batch,Metadata_Compound,URL_OrigDNA\nP1,A01,negcon,B1,x," + host +
			"secret/a.tif\nP1,A02,trt,B1,y," + host + "secret/b.tif\n");
		System.setProperty(RemoteConsent.FOLDER, folder.resolve("consents").toString());
	}

	@AfterEach
	void stop() {
		server.stop(0);
		System.clearProperty(RemoteConsent.FOLDER);
	}

	@Test
	void noCommandAsksTheNetworkBeforeTheUserAgrees() {
		try (Context context = new Context()) {
			final CommandService commands = context.service(CommandService.class);
			int tried = 0;
			for (final CommandInfo command : commands.getCommands()) {
				final boolean own = command.getDelegateClassName().startsWith("io.github.isophene.");
				if (!own || command.getInput("screen") == null) continue;
				final Map<String, Object> keys = new HashMap<>(Map.of("screen", table.toFile()));
				command.inputs().forEach(key -> {
					final String name = key.getName();
					if (name.equals("label")) keys.put(name, "Metadata_Compound");
					else if (name.equals("model") && key.getType() == String.class) keys.put(name, "fixed-seed");
					else if (key.getType() == java.io.File.class && !name.equals("screen") &&
						java.util.Set.of("profiles", "predictions", "folder", "calibrated", "model", "report")
							.contains(name)) keys.put(name, folder.resolve("out/" + name + ".csv").toFile());
				});
				final Throwable thrown = assertThrows(ExecutionException.class,
					() -> commands.run(command, true, keys).get(), command.getTitle());
				final String message = UserErrors.message(thrown);
				// Of tables that are read with a screen, the screen comes after them.
				if (message.contains("lists images on the network, at " + host)) tried++;
				assertEquals(0, requests.get(), command.getTitle());
			}
			assertTrue(tried >= 6, tried + " commands named the server");
		}
	}

	@Test
	void aTableThatTheUserWritesCarriesTheConsent() throws IOException {
		try (Context context = new Context()) {
			final IsopheneService isophene = context.service(IsopheneService.class);
			final String message = assertThrows(IOException.class, () -> isophene.openScreen(table)).getMessage();
			assertTrue(message.contains("open it with Open Screen and remote=true"), message);
			final Screen screen = isophene.openScreen(table.toString(), "auto",
				ScreenOptions.none().withRemote(true), null);
			final Path own = folder.resolve("own.csv");
			isophene.writeScreen(screen, own);
			assertEquals(screen, isophene.openScreen(own));
			assertThrows(IOException.class, () -> isophene.openScreen(table));
			// The consent stays with the user, so a copy elsewhere has none.
			Files.move(own, folder.resolve("moved.csv"));
			assertThrows(IOException.class, () -> isophene.openScreen(folder.resolve("moved.csv")));
			assertEquals(0, requests.get());
		}
	}
}
