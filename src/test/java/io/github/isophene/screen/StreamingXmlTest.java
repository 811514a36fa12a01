// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLStreamReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingXmlTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({"UTF-8, '', ''", "UTF-8, \uFEFF, ''", "UTF-8, '', UTF-8", "UTF-8, '', utf-16",
		"UTF-16BE, \uFEFF, UTF-16", "UTF-16LE, \uFEFF, UTF-16", "UTF-16LE, '', UTF-16", "ISO-8859-1, '', ISO-8859-1",
		"windows-1252, '', Windows-1252"})
	void textIsReadInItsEncoding(final String charset, final String mark, final String declared) throws IOException {
		final String declaration = declared.isEmpty() ? ""
			: "<?xml version='1.0' encoding='" + declared + "' standalone=\"no\"?>";
		assertEquals(List.of("Plätte µ"),
			texts((mark + declaration + "<a>Plätte µ</a>").getBytes(Charset.forName(charset))));
	}

	@ParameterizedTest
	@ValueSource(strings = {"<a>ä b</a>", "<a b='ä b'/>", "ä b<a>", "<?xml version='1.0' encoding='UTF-8'?><a>ä b</a>"})
	void bytesOfAnotherEncodingAreNamedAndPrintNothing(final String text) {
		final PrintStream before = System.err;
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			final IOException exc = assertThrows(IOException.class,
				() -> texts(text.getBytes(StandardCharsets.ISO_8859_1)));
			assertTrue(exc.getMessage().contains("x.xml has bytes that are no letters of its encoding"),
				exc.getMessage());
		}
		finally {
			System.setErr(before);
		}
		assertEquals("", printed.toString(StandardCharsets.UTF_8));
	}

	@Test
	void encodingsThatNobodyKnowsAreNamed() {
		final IOException exc = assertThrows(IOException.class,
			() -> texts("<?xml version='1.0' encoding='klingon'?><a/>".getBytes(StandardCharsets.UTF_8)));
		assertTrue(exc.getMessage().contains("x.xml is in the encoding klingon"), exc.getMessage());
	}

	private List<String> texts(final byte[] xml) throws IOException {
		final Path file = Files.write(folder.resolve("x.xml"), xml);
		final List<String> texts = new ArrayList<>();
		StreamingXml.read(file, new StreamingXml.Handler() {

			@Override
			public void start(final String name, final XMLStreamReader attributes) {
				// Only texts count here.
			}

			@Override
			public void end(final String name, final String text) {
				texts.add(text);
			}
		});
		return texts;
	}
}
