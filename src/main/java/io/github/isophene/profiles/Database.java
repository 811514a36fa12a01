// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.ProcessFolder;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Connection to DuckDB for one operation: it reads and writes files and keeps nothing. Operations at the same time
 * share one database in memory, which starts with the first and ends with the last, as starting and ending take
 * longer than writing a plate; {@link #keep} keeps it between operations.
 * <p>
 * One thread per operation, so that rows keep their order and files their bytes. It never loads or downloads an
 * extension; Parquet and CSV are built in. Spill files, should there be any, lie in a folder of their own in the
 * {@link ProcessFolder}, which is deleted with the database.
 * </p>
 */
final class Database implements Closeable {

	/** The database that operations share, if one is started, and how many keep it. Guarded by the class. */
	private static Shared shared;
	private static int keepers;

	private final Shared own;
	private final DuckDBConnection connection;
	private boolean closed;

	/** A started database. */
	private static final class Shared {

		private final DuckDBConnection root;
		private final Path spill;
		private int operations;

		Shared(final DuckDBConnection root, final Path spill) {
			this.root = root;
			this.spill = spill;
		}

		void end() throws IOException {
			try {
				root.close();
			}
			catch (final SQLException e) {
				throw new IOException("DuckDB does not close: " + e.getMessage(), e);
			}
			finally {
				FolderDeletion.delete(spill);
			}
		}
	}

	/**
	 * Connects.
	 *
	 * @throws IOException if the folder for temporary files can't be used, or DuckDB doesn't start
	 */
	Database() throws IOException {
		synchronized (Database.class) {
			// At each operation: the disk may have become full.
			final Path folder = ProcessFolder.require();
			try {
				// After an internal error, DuckDB refuses everything for as long as the database is open.
				if (shared != null && !shared.root.isValid(0)) retire();
				if (shared == null) shared = start(folder);
				own = shared;
				connection = own.root.duplicate();
				own.operations++;
			}
			catch (final SQLException | LinkageError e) {
				if (shared != null && shared.operations == 0) retire();
				throw new IOException(
					"DuckDB, which reads and writes profiles, does not start: its native library must be " +
						"unpacked to " + System.getProperty("java.io.tmpdir") +
						", so that folder must be writable and allow programs " +
						"(otherwise choose another with -Djava.io.tmpdir=...): " + e.getMessage(),
					e);
			}
		}
	}

	/** Keeps the database that an operation starts for those after it, until this is closed. */
	static Closeable keep() {
		synchronized (Database.class) {
			keepers++;
		}
		final AtomicBoolean released = new AtomicBoolean();
		return () -> {
			if (released.getAndSet(true)) return;
			synchronized (Database.class) {
				keepers--;
				endIfUnused(shared);
			}
		};
	}

	/** Returns whether a database is started. */
	static synchronized boolean isStarted() {
		return shared != null;
	}

	private static Shared start(final Path folder) throws SQLException {
		// A name only: DuckDB makes the folder if it needs it.
		final Path spill = folder.resolve("duckdb-" + UUID.randomUUID()).toAbsolutePath();
		final Properties properties = new Properties();
		properties.setProperty("threads", "1");
		properties.setProperty("memory_limit", memoryLimit());
		properties.setProperty("preserve_insertion_order", "true");
		properties.setProperty("autoinstall_known_extensions", "false");
		properties.setProperty("autoload_known_extensions", "false");
		properties.setProperty("enable_external_file_cache", "false");
		properties.setProperty("temp_directory", spill.toString());
		properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
		// Not through DriverManager: it may not see the driver from Fiji's class loader.
		final DuckDBConnection root = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties);
		try {
			RowsFunction.register(root);
		}
		catch (final SQLException e) {
			root.close();
			throw e;
		}
		return new Shared(root, spill);
	}

	/** Lets operations that are going on end with their database, and later ones start another. */
	private static void retire() throws IOException {
		final Shared retired = shared;
		shared = null;
		endIfUnused(retired);
	}

	private static void endIfUnused(final Shared database) throws IOException {
		if (database == null || database.operations > 0 || database == shared && keepers > 0) return;
		if (database == shared) shared = null;
		database.end();
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
		if (closed) return;
		closed = true;
		try {
			connection.close();
		}
		catch (final SQLException e) {
			throw new IOException("DuckDB does not close: " + e.getMessage(), e);
		}
		finally {
			synchronized (Database.class) {
				own.operations--;
				endIfUnused(own);
			}
		}
	}

	/** Half of the machine's (or container's) memory: a bound on runaway files, far above what is needed. */
	private static String memoryLimit() {
		final java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		final long total = system instanceof OperatingSystemMXBean bean ? bean.getTotalMemorySize() : 4L << 30;
		return Math.max(1024, total >> 21) + "MiB";
	}
}
