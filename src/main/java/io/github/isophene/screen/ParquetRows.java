// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of a Parquet file as texts, as a CSV of the same table has them. */
final class ParquetRows implements Closeable {

	private final Path path;
	private final Connection connection;
	private final Statement statement;
	private final ResultSet rows;
	private final List<String> header = new ArrayList<>();

	ParquetRows(final Path path) throws IOException {
		this.path = path;
		Connection open = null;
		try {
			open = DriverManager.getConnection("jdbc:duckdb:");
			connection = open;
			statement = open.createStatement();
			rows = statement.executeQuery("SELECT * FROM read_parquet('" + path.toString().replace("'", "''") +
				"', hive_partitioning=false, binary_as_string=true)");
			for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
				header.add(rows.getMetaData().getColumnName(i));
		}
		catch (final SQLException e) {
			if (open != null) close(open);
			throw damaged(e);
		}
	}

	List<String> header() {
		return header;
	}

	/** The cells of the next row, empty where there is no value; {@code null} after the last. */
	String[] next() throws IOException {
		try {
			if (!rows.next()) return null;
			final String[] cells = new String[header.size()];
			for (int i = 0; i < cells.length; i++) cells[i] = text(rows.getObject(i + 1));
			return cells;
		}
		catch (final SQLException e) {
			throw damaged(e);
		}
	}

	/** pandas makes doubles of a column of integers with gaps. */
	private static String text(final Object value) {
		if (value == null) return "";
		if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
			final double number = ((Number) value).doubleValue();
			if (Double.isNaN(number)) return "";
			if (number == Math.rint(number) && Math.abs(number) < 1e15) return Long.toString((long) number);
		}
		return value.toString();
	}

	@Override
	public void close() throws IOException {
		try {
			rows.close();
			statement.close();
		}
		catch (final SQLException e) {
			throw damaged(e);
		}
		finally {
			close(connection);
		}
	}

	private static void close(final Connection connection) throws IOException {
		try {
			connection.close();
		}
		catch (final SQLException e) {
			throw new IOException("Cannot close a table: " + e.getMessage(), e);
		}
	}

	private IOException damaged(final SQLException e) {
		return new IOException("Cannot read " + path + ": it is damaged or no Parquet file; copy or write it again (" +
			String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")", e);
	}
}
