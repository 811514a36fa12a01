// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class MetadataMapTest {

	@Test
	void isTheMapItWasMadeFrom() {
		final Map<String, String> map = new LinkedHashMap<>();
		map.put("z", "1");
		map.put("a", "");
		final MetadataMap copy = MetadataMap.copyOf(map);
		assertEquals(map, copy);
		assertEquals(map.hashCode(), copy.hashCode());
		assertEquals(List.of("z", "a"), List.copyOf(copy.keySet()));
		assertEquals("1", copy.get("z"));
		assertNull(copy.get("b"));
		assertSame(copy, MetadataMap.copyOf(copy));
		map.put("z", "2");
		assertEquals("1", copy.get("z"));
		assertThrows(UnsupportedOperationException.class, () -> copy.put("z", "3"));
		assertThrows(UnsupportedOperationException.class, () -> copy.entrySet().iterator().next().setValue("3"));
	}

	@Test
	void refusesGaps() {
		final MetadataMap.ColumnNames columns = new MetadataMap.ColumnNames(List.of("a", "b"));
		assertThrows(NullPointerException.class, () -> new MetadataMap(columns, new String[]{"x", null}));
		assertThrows(IllegalArgumentException.class, () -> new MetadataMap(columns, new String[]{"x"}));
		assertThrows(IllegalArgumentException.class, () -> new MetadataMap.ColumnNames(List.of("a", "a")));
	}
}
