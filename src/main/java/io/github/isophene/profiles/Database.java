// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.ProcessFolder;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;

/**
 * An empty DuckDB database in memory, for one operation: it reads and writes files
 * and keeps nothing. One thread, so that rows keep their order and files their bytes.
 * It never loads or downloads an extension; Parquet and CSV are built in. Spill files,
 * should there be any, lie in a folder of their own in the {@link ProcessFolder} that
 * {@link #close} deletes.
 */
final class Database implements Closeable {

	private final Connection connection;
	private final Path spill;

	Database() throws IOException {
		// A name only: DuckDB makes the folder if it needs it.
		spill = ProcessFolder.require().resolve("duckdb-" + UUID.randomUUID()).toAbsolutePath();
		final Properties properties = new Properties();
		properties.setProperty("threads", "1");
		properties.setProperty("memory_limit", memoryLimit());
		properties.setProperty("preserve_insertion_order", "true");
		properties.setProperty("autoinstall_known_extensions", "false");
		properties.setProperty("autoload_known_extensions", "false");
		properties.setProperty("enable_external_file_cache", "false");
		properties.setProperty("temp_directory", spill.toString());
		properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
		try {
			// Not through DriverManager: it may not see the driver from Fiji's class loader.
			connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
		}
		catch (final SQLException | LinkageError e) {
			FolderDeletion.delete(spill);
			throw new IOException(
				"DuckDB, which reads and writes profiles, does not start: its native library must be " +
					"unpacked to " + System.getProperty("java.io.tmpdir") +
					", so that folder must be writable and allow programs " +
					"(otherwise choose another with -Djava.io.tmpdir=...): " + e.getMessage(),
				e);
		}
	}

	Connection connection() {
		return connection;
	}

	void execute(final String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** The whole result, as strings; for small ones. */
	List<String[]> rows(final String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			final List<String[]> rows = new ArrayList<>();
			final int columns = result.getMetaData().getColumnCount();
			while (result.next()) {
				final String[] row = new String[columns];
				for (int i = 0; i < columns; i++) row[i] = result.getString(i + 1);
				rows.add(row);
			}
			return rows;
		}
	}

	/** A statement whose result is fetched chunk by chunk; both must be closed, the result first. */
	DuckDBPreparedStatement prepare(final String sql) throws SQLException {
		return connection.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
	}

	/** A text as it stands in SQL. */
	static String quote(final String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	/** A column's name as it stands in SQL. */
	static String identifier(final String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	/** A file's name in SQL where a pattern is expected: {@code *}, {@code ?} and {@code [} in it mean themselves. */
	static String file(final Path path) {
		return quote(path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]"));
	}

	@Override
	public void close() throws IOException {
		try {
			connection.close();
		}
		catch (final SQLException e) {
			throw new IOException("DuckDB does not close: " + e.getMessage(), e);
		}
		finally {
			FolderDeletion.delete(spill);
		}
	}

	/** Half of the machine's (or container's) memory: a bound on runaway files, far above what is needed. */
	private static String memoryLimit() {
		final java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		final long total = system instanceof OperatingSystemMXBean bean ? bean.getTotalMemorySize() : 4L << 30;
		return Math.max(1024, total >> 21) + "MiB";
	}
}
