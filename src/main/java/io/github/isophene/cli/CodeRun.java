// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.io.File;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.isophene.DefaultIsopheneService;
import io.github.isophene.IsopheneService;
import io.github.isophene.ScriptFailure;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.parse.Items;
import org.scijava.parse.ParseService;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

/**
 * Runs a script or command as a shell needs it: it fails when its work failed. SciJava's
 * console service logs a failure and reports success, goes on with the default where a
 * value is of the wrong type, and ends without a word where an input is missing.
 */
public final class CodeRun {

	static final String USAGE = "Usage: --headless --run <script file or command name> 'key=\"value\",key=\"value\"'";

	private final Context context;

	public CodeRun(final Context context) {
		this.context = context;
	}

	/**
	 * Runs code and waits for its end.
	 *
	 * @param code a script file, or a command's menu label or class
	 * @param inputs {@code key="value",key="value"}; may be empty
	 * @throws IllegalArgumentException if there is no such code, or an input doesn't fit it
	 */
	public void run(final String code, final String inputs) throws Exception {
		run(find(code), parse(inputs));
	}

	/**
	 * Runs a script or command and waits for its end.
	 *
	 * @param inputs values by key: texts, or what they stand for
	 * @throws IllegalArgumentException if a key doesn't exist or is missing, or a value doesn't fit it
	 */
	public void run(final ModuleInfo info, final Map<String, ?> inputs) throws Exception {
		final ModuleService modules = context.service(ModuleService.class);
		final Module module = modules.createModule(info);
		// A script's failure is not thrown: it is written here, and only if there is a place.
		final StringWriter failure = new StringWriter();
		if (module instanceof ScriptModule script) script.setErrorWriter(failure);
		final Future<Module> future = modules.run(module, true, typed(info, inputs));
		try {
			future.get();
		}
		catch (final InterruptedException exc) {
			stop(future);
		}
		if (module instanceof Cancelable cancelable && cancelable.isCanceled()) {
			throw new CancellationException(
				cancelable.getCancelReason() == null || cancelable.getCancelReason().isBlank() //
					? "Canceled"
					: cancelable.getCancelReason());
		}
		if (!failure.toString().isBlank()) throw new ScriptFailure(failure.toString());
	}

	/** Ends what runs in order, and with its own message, which says what was kept. */
	private void stop(final Future<Module> future) throws Exception {
		if (context.service(IsopheneService.class) instanceof DefaultIsopheneService service) service.stopTasks();
		try {
			future.get(DefaultIsopheneService.SECONDS_TO_STOP, TimeUnit.SECONDS);
		}
		catch (final TimeoutException exc) {
			// Not within a task of ours.
		}
		throw new CancellationException("Stopped. What is finished is kept: run it again to go on from there");
	}

	/**
	 * Returns the script or command of that name.
	 *
	 * @param code a script file, or a command's menu label or class
	 * @throws IllegalArgumentException if there is none
	 */
	public ModuleInfo find(final String code) {
		final ScriptService scripts = context.service(ScriptService.class);
		final File file = new File(code);
		if (file.isFile() && scripts.canHandleFile(file)) return scripts.getScript(file);
		for (final CommandInfo info : context.service(CommandService.class).getCommands()) {
			if (code.equals(info.getTitle()) || code.equals(info.getDelegateClassName())) return info;
		}
		if (file.isFile())
			throw new IllegalArgumentException("'" + code + "' is no script that runs here" +
				(code.endsWith(".ijm")
					? ": ImageJ macros run in Fiji (fiji --headless -macro), here take the .groovy or .py beside it"
					: ": choose a .groovy or .py file"));
		throw new IllegalArgumentException(
			"'" + code + "' is neither a script file that exists nor a command. " + USAGE);
	}

	private Map<String, Object> parse(final String text) {
		if (text.isBlank()) return Map.of();
		final Items items;
		try {
			items = context.service(ParseService.class).parse(text);
		}
		catch (final RuntimeException exc) {
			throw new IllegalArgumentException("The inputs " + text + " cannot be parsed (" + exc.getMessage() +
				"). Values stand in quotes, commas between the pairs; inside a value, a backslash is written twice. " +
				USAGE, exc);
		}
		if (!items.isMap()) {
			throw new IllegalArgumentException("The inputs " + text + " are no key=value pairs. " + USAGE);
		}
		return items.asMap();
	}

	/** Each value in the type that the code asks for; every key that it must have. */
	private Map<String, Object> typed(final ModuleInfo info, final Map<String, ?> values) {
		final Map<String, Object> typed = new LinkedHashMap<>();
		final List<String> keys = new ArrayList<>();
		for (final ModuleItem<?> item : info.inputs()) keys.add(item.getName());
		for (final Map.Entry<String, ?> entry : values.entrySet()) {
			final ModuleItem<?> item = info.getInput(entry.getKey());
			if (item == null) {
				throw new IllegalArgumentException("There is no key '" + entry.getKey() + "'; there are " +
					String.join(", ", keys.stream().filter(key -> isForUser(info.getInput(key))).toList()));
			}
			typed.put(entry.getKey(), convert(item, entry.getValue()));
		}
		for (final String key : keys) {
			final ModuleItem<?> item = info.getInput(key);
			if (item.isRequired() && isForUser(item) && item.getDefaultValue() == null && !typed.containsKey(key)) {
				throw new IllegalArgumentException("The key '" + key + "' is missing" +
					(item.getLabel() == null || item.getLabel().isBlank() ? "" : " (" + item.getLabel() + ")"));
			}
		}
		return typed;
	}

	private Object convert(final ModuleItem<?> item, final Object value) {
		final Class<?> type = item.getType();
		if (type == Boolean.class || type == boolean.class) {
			if (value.toString().equals("true") || value.toString().equals("false"))
				return Boolean.valueOf(value.toString());
			throw new IllegalArgumentException(item.getName() + " is '" + value + "': give true or false");
		}
		if (type == Integer.class || type == int.class) {
			// SciJava would cut 2.7 to 2, and wrap what is too large.
			try {
				return new BigDecimal(value.toString().strip()).intValueExact();
			}
			catch (final NumberFormatException exc) {
				throw new IllegalArgumentException(item.getName() + " is '" + value + "', which is no whole number",
					exc);
			}
			catch (final ArithmeticException exc) {
				throw new IllegalArgumentException(
					item.getName() + " is " + value + ": give a whole number of at most " + Integer.MAX_VALUE, exc);
			}
		}
		final Object converted = context.service(ConvertService.class).convert(value, type);
		if (converted != null) return converted;
		throw new IllegalArgumentException(item.getName() + " is '" + value + "', which is no " +
			(Number.class.isAssignableFrom(type) || type.isPrimitive() ? "number" : type.getSimpleName()));
	}

	/** Services and messages are inputs to SciJava, but nothing that a user gives. */
	public static boolean isForUser(final ModuleItem<?> item) {
		return !org.scijava.service.Service.class.isAssignableFrom(item.getType()) &&
			!Context.class.isAssignableFrom(item.getType()) && item.getVisibility() != ItemVisibility.MESSAGE;
	}
}
