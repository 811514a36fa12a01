// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import io.github.isophene.DefaultIsopheneService;
import io.github.isophene.IsopheneService;
import io.github.isophene.RunningTasks;
import io.github.isophene.UserErrors;
import org.scijava.Context;
import org.scijava.log.LogService;
import org.scijava.script.ScriptService;
import org.scijava.ui.UIService;

/**
 * The command-line entry, for running outside Fiji with the words that Fiji's own
 * launcher takes:
 *
 * <pre>
 * --headless --run script.groovy 'screen="plates.csv",profiles="out.parquet"'
 * --headless --run "Embed Screen..." 'screen="plates.csv",profiles="out.parquet"'
 * </pre>
 *
 * or with those of {@link CommandLine}. Without arguments it runs the {@link QuickStart}. The exit status is 0
 * when everything
 * asked for was done, otherwise 1, with the reason as the last line on standard error.
 */
public final class Main {

	private Main() {}

	public static void main(final String... args) {
		if (args.length == 0 || Arrays.asList(args).contains("--headless"))
			System.setProperty("java.awt.headless", "true");
		end(() -> run(args));
	}

	/**
	 * Does work on this thread and ends the JVM with the status that it returns. Ctrl-C and kill interrupt it and wait
	 * until it has stopped in order, see {@link RunningTasks}. To be called before anything touches AWT.
	 */
	static void end(final IntSupplier work) {
		// The engine tells of every start; what matters stands in Engine Status.
		System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
		final Thread worker = Thread.currentThread();
		final CountDownLatch over = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			if (over.getCount() > 0) worker.interrupt();
			try {
				over.await(DefaultIsopheneService.SECONDS_TO_STOP + 5, TimeUnit.SECONDS);
			}
			catch (final InterruptedException exc) {
				// Then it ends as it is.
			}
		}, "isophene-stop"));
		int status = 1;
		try {
			status = work.getAsInt();
		}
		finally {
			over.countDown();
		}
		System.exit(status);
	}

	/**
	 * Does what {@link #main} does, without ending the JVM.
	 *
	 * @return the exit status, 0 or 1
	 */
	static int run(final String... args) {
		if (args.length > 0 && !args[0].startsWith("--")) return CommandLine.run(args);
		final Context context = new Context();
		try {
			if (args.length == 0) {
				new QuickStart(context.service(IsopheneService.class)).tell(Path.of("isophene-demo"), System.out);
			}
			else runCode(context, args);
			return 0;
		}
		catch (final Exception | OutOfMemoryError | StackOverflowError exc) {
			context.service(LogService.class).debug(exc);
			System.err.println(UserErrors.message(exc));
			return 1;
		}
		finally {
			context.dispose();
		}
	}

	private static void runCode(final Context context, final String... args) throws Exception {
		String code = null;
		String inputs = "";
		for (int i = 0; i < args.length; i++) {
			if (args[i].equals("--headless")) context.service(UIService.class).setHeadless(true);
			else if (args[i].equals("--run") && code == null && i + 1 < args.length) {
				code = args[++i];
				if (i + 1 < args.length && !args[i + 1].startsWith("--")) inputs = args[++i];
			}
			else throw new IllegalArgumentException("'" + args[i] + "' is not understood. " + CodeRun.USAGE);
		}
		if (code == null) throw new IllegalArgumentException("Nothing to run. " + CodeRun.USAGE);
		ScriptEngines.addTo(context.service(ScriptService.class));
		new CodeRun(context).run(code, inputs);
	}
}
