// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import io.github.isophene.profiles.ProfileTable;
import org.scijava.convert.AbstractConverter;
import org.scijava.convert.Converter;
import org.scijava.plugin.Plugin;
import org.scijava.table.GenericTable;

/** Profiles wherever a command or script asks for a table. */
@Plugin(type = Converter.class)
public class ProfileTableConverter extends AbstractConverter<ProfileTable, GenericTable> {

	@Override
	public <T> T convert(final Object source, final Class<T> destination) {
		return destination.cast(ProfileTables.of((ProfileTable) source));
	}

	@Override
	public Class<GenericTable> getOutputType() {
		return GenericTable.class;
	}

	@Override
	public Class<ProfileTable> getInputType() {
		return ProfileTable.class;
	}
}
