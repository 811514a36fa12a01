// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.Component;
import java.awt.event.HierarchyEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Selected wells, by plate and name: plate views and maps that are open at the same time show and change the same
 * selection. Used on Swing's thread.
 */
final class WellSelection {

	private static final Set<List<String>> SELECTED = new LinkedHashSet<>();
	private static final List<Runnable> LISTENERS = new ArrayList<>();

	private WellSelection() {}

	/** Calls a listener after each change, until the component's window is closed. */
	static void listen(final Component component, final Runnable listener) {
		LISTENERS.add(listener);
		component.addHierarchyListener(event -> {
			if ((event.getChangeFlags() & HierarchyEvent.DISPLAYABILITY_CHANGED) != 0 && !component.isDisplayable())
				LISTENERS.remove(listener);
		});
	}

	/** Selects wells, and no others unless {@code add}. */
	static void select(final Collection<ViewedWell> wells, final boolean add) {
		if (!add) SELECTED.clear();
		for (final ViewedWell well : wells) SELECTED.add(key(well));
		changed();
	}

	/** Selects a well that is not selected, and the other way round. */
	static void toggle(final ViewedWell well) {
		if (!SELECTED.remove(key(well))) SELECTED.add(key(well));
		changed();
	}

	/** Returns whether a well is selected. */
	static boolean contains(final ViewedWell well) {
		return SELECTED.contains(key(well));
	}

	/** Returns the selected wells of some plates, in their order. */
	static List<ViewedWell> of(final PlateWells wells) {
		final List<ViewedWell> found = new ArrayList<>();
		if (SELECTED.isEmpty()) return found;
		for (final String plate : wells.plates())
			for (final ViewedWell well : wells.wells(plate)) if (contains(well)) found.add(well);
		return found;
	}

	private static void changed() {
		List.copyOf(LISTENERS).forEach(Runnable::run);
	}

	private static List<String> key(final ViewedWell well) {
		return List.of(well.plate(), well.name());
	}
}
