// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the part of Python's pickle format (protocols 2 to 5, documented in
 * Python's module {@code pickletools}) that a PyTorch state dict needs: numbers,
 * strings, tuples, lists, sets, dicts, and the names in {@link TorchGlobals}. What
 * other names make, such as the settings of a training, becomes {@link Opaque} and is
 * ignored; nothing is ever run. A pickle that names a function with which attacks are
 * made is refused all the same. Objects of TorchScript's classes become the dict of their
 * attributes.
 * <p>
 * What comes out: {@code null}, Boolean, Long, BigInteger, Double, String,
 * byte[], {@link Tuple}, ArrayList, Set, Map, {@link Attributes}, {@link
 * PickledTensor}. There is no recursion, and nothing is allocated by a size that
 * the file only claims.
 * </p>
 */
final class Unpickler {

	/** A tuple. It is equal to itself alone, so that no hash of a nested one is ever computed. */
	static final class Tuple {

		private final List<Object> items;

		Tuple(final List<Object> items) {
			this.items = items;
		}

		List<Object> items() {
			return items;
		}
	}

	/** More opcodes, and more copied values, than any checkpoint has; bounds memory and time. */
	private static final int MAX_STEPS = 2_000_000;
	/** Ignored names that are kept for the user to see. */
	private static final int MAX_IGNORED = 20;
	/** The longest name of a weight, a key or a class, letters. */
	static final int MAX_NAME = 4096;

	/** Lookup of Python names. */
	interface NameLookup {

		/** Returns the object that this name stands for; {@code null} if it is none that is allowed. */
		Object find(String module, String name);
	}

	/** Stands for any class whose objects are taken for the dict of their attributes, {@link Attributes}. */
	static final Object CLASS = new Object();

	/**
	 * An object of a class that is not known, or the class or function itself: holds nothing, not even its arguments.
	 *
	 * @param name of what made it
	 */
	record Opaque(String name) {}

	/** Modules by which a pickle can do harm in Python; no checkpoint has a reason to name them. */
	private static final Set<String> HARMFUL = Set.of("__torch__", "os", "posix", "nt", "subprocess", "sys", "shutil",
		"socket", "runpy", "importlib", "ctypes", "marshal", "code", "codeop", "pty", "commands", "webbrowser",
		"urllib", "requests", "http", "asyncio", "multiprocessing", "threading", "signal", "platform", "pdb", "timeit",
		"profile", "cProfile", "operator", "bdb", "pip", "imp", "inspect", "types", "tempfile", "pickle", "_pickle",
		"dill", "cloudpickle", "joblib");

	/** Names of builtins that are values. */
	private static final Set<String> HARMLESS = Set.of("builtins.slice", "builtins.complex", "builtins.range",
		"builtins.bytearray", "builtins.int", "builtins.float", "builtins.str", "builtins.bool", "builtins.list",
		"builtins.dict", "builtins.tuple", "builtins.object", "builtins.bytes", "__builtin__.object",
		"__builtin__.long", "types.SimpleNamespace", "torch.device");

	/** The attributes of an object of a TorchScript module. */
	static final class Attributes extends LinkedHashMap<Object, Object> {

		private static final long serialVersionUID = 1L;

		private Attributes() {
			super(0);
		}
	}

	private final PickleInput in;
	private final NameLookup names;
	private long steps;
	private ArrayList<Object> stack = new ArrayList<>();
	private final ArrayList<ArrayList<Object>> marked = new ArrayList<>();
	private final Map<Long, Object> memo = new HashMap<>();
	private final Map<String, PickledTensor.TensorStorage> storages = new HashMap<>();
	private final Set<String> ignored = new LinkedHashSet<>();

	/**
	 * @param in read byte by byte: should be buffered
	 * @param names all the names that the pickle may use
	 */
	Unpickler(final InputStream in, final NameLookup names) {
		this.in = new PickleInput(in);
		this.names = names;
	}

	/** Returns the number of bytes read so far. */
	long position() {
		return in.position();
	}

	/** The storages that have been named so far, by key. */
	Map<String, PickledTensor.TensorStorage> storages() {
		return storages;
	}

	/** Names of what was ignored. */
	Set<String> ignored() {
		return ignored;
	}

	/**
	 * Reads one pickle, to its STOP.
	 *
	 * @throws CodeException if it names anything that is not needed for a state dict
	 * @throws IOException if it is cut short or no valid pickle
	 */
	Object load() throws IOException {
		stack = new ArrayList<>();
		marked.clear();
		memo.clear();
		in.begin();
		steps = 0;
		while (true) {
			spend(1);
			final int opcode = in.unsigned(1);
			if (opcode == '.') return pop();
			run(opcode);
		}
	}

	private void spend(final int more) throws IOException {
		steps += more;
		if (steps > MAX_STEPS) throw new IOException("the pickle takes more than " + MAX_STEPS + " steps");
	}

	/** A pickle that names a Python function or class that no state dict needs. */
	static final class CodeException extends IOException {

		private static final long serialVersionUID = 1L;

		CodeException(final String message) {
			super(message);
		}
	}

	private void run(final int opcode) throws IOException {
		switch (opcode) {
			case 0x80 -> protocol(in.unsigned(1)); // PROTO
			case 0x95 -> in.bytes(8); // FRAME: its length is a hint
			case '(' -> { // MARK
				marked.add(stack);
				stack = new ArrayList<>();
			}
			case '0' -> pop(); // POP
			case '1' -> popToMark(); // POP_MARK
			case '2' -> stack.add(top(Object.class, "value")); // DUP
			case 'N' -> stack.add(null); // NONE
			case 0x88 -> stack.add(Boolean.TRUE); // NEWTRUE
			case 0x89 -> stack.add(Boolean.FALSE); // NEWFALSE
			case 'J' -> stack.add((long) in.little(4).getInt()); // BININT
			case 'K' -> stack.add((long) in.unsigned(1)); // BININT1
			case 'M' -> stack.add((long) in.unsigned(2)); // BININT2
			case 0x8a -> stack.add(in.integer(in.unsigned(1))); // LONG1
			case 0x8b -> stack.add(in.integer(in.little(4).getInt())); // LONG4
			case 'G' -> stack.add(ByteBuffer.wrap(in.bytes(8)).getDouble()); // BINFLOAT, big-endian
			case 'X' -> stack.add(in.text(in.length(4), StandardCharsets.UTF_8)); // BINUNICODE
			case 0x8c -> stack.add(in.text(in.unsigned(1), StandardCharsets.UTF_8)); // SHORT_BINUNICODE
			case 0x8d -> stack.add(in.text(in.length(8), StandardCharsets.UTF_8)); // BINUNICODE8
			case 'T' -> stack.add(in.text(in.length(4), StandardCharsets.ISO_8859_1)); // BINSTRING of Python 2
			case 'U' -> stack.add(in.text(in.unsigned(1), StandardCharsets.ISO_8859_1)); // SHORT_BINSTRING
			case 'B' -> stack.add(in.bytes(in.length(4))); // BINBYTES
			case 'C' -> stack.add(in.bytes(in.unsigned(1))); // SHORT_BINBYTES
			case 0x8e, 0x96 -> stack.add(in.bytes(in.length(8))); // BINBYTES8, BYTEARRAY8
			case 'c' -> global(in.line(), in.line()); // GLOBAL
			case 0x93 -> { // STACK_GLOBAL
				final String name = pop(String.class, "name");
				global(pop(String.class, "name"), name);
			}
			case 'R' -> { // REDUCE
				final Tuple args = pop(Tuple.class, "tuple of arguments");
				// A container copies what it is made of, which one opcode can name again and again.
				if (args.items().size() == 1 && args.items().get(0) instanceof Collection<?> items) spend(items.size());
				final Object function = pop();
				if (function instanceof Opaque) stack.add(function);
				else if (function instanceof TorchGlobals.PickledFunction known) stack.add(known.call(args.items()));
				else throw new IOException("there is no function where one must be, at byte " + in.position());
			}
			case 'Q' -> { // BINPERSID
				final PickledTensor.TensorStorage storage = TorchGlobals.storage(pop());
				storages.put(storage.key(), storage);
				stack.add(storage);
			}
			case 'b' -> build(pop()); // BUILD
			case 0x81 -> { // NEWOBJ
				pop(Tuple.class, "tuple of arguments");
				made(pop());
			}
			case 'q' -> memo.put((long) in.unsigned(1), top(Object.class, "value")); // BINPUT
			case 'r' -> memo.put(in.little(4).getInt() & 0xffffffffL, top(Object.class, "value")); // LONG_BINPUT
			case 0x94 -> memo.put((long) memo.size(), top(Object.class, "value")); // MEMOIZE
			case 'h' -> stack.add(remembered(in.unsigned(1))); // BINGET
			case 'j' -> stack.add(remembered(in.little(4).getInt() & 0xffffffffL)); // LONG_BINGET
			default -> containers(opcode);
		}
	}

	private void containers(final int opcode) throws IOException {
		switch (opcode) {
			case ')' -> stack.add(new Tuple(List.of())); // EMPTY_TUPLE
			case 0x85 -> stack.add(new Tuple(popLast(1))); // TUPLE1
			case 0x86 -> stack.add(new Tuple(popLast(2))); // TUPLE2
			case 0x87 -> stack.add(new Tuple(popLast(3))); // TUPLE3
			case 't' -> push(new Tuple(popToMark())); // TUPLE
			case ']' -> stack.add(new ArrayList<>(0)); // EMPTY_LIST
			case 'l' -> push(popToMark()); // LIST
			case '}' -> stack.add(new LinkedHashMap<>(0)); // EMPTY_DICT
			case 'd' -> { // DICT
				final ArrayList<Object> items = popToMark();
				stack.add(new LinkedHashMap<>(0));
				set(items);
			}
			case 0x8f -> stack.add(new LinkedHashSet<>(0)); // EMPTY_SET
			case 0x91 -> { // FROZENSET
				final ArrayList<Object> items = popToMark();
				stack.add(new LinkedHashSet<>(0));
				add(Set.class, items);
			}
			case 'a' -> add(ArrayList.class, popLast(1)); // APPEND
			case 'e' -> add(ArrayList.class, popToMark()); // APPENDS
			case 0x90 -> add(Set.class, popToMark()); // ADDITEMS
			case 's' -> set(popLast(2)); // SETITEM
			case 'u' -> set(popToMark()); // SETITEMS
			case 0x92 -> { // NEWOBJ_EX
				popLast(2);
				made(pop());
			}
			case 'i', 'o' -> throw new CodeException("its pickle makes an object of a class");
			case 0x82, 0x83, 0x84 ->
				throw new CodeException("its pickle calls something by a number that only Python knows");
			default -> throw new IOException(String.format(java.util.Locale.ROOT,
				"byte %d is 0x%02x, which is no opcode that a state dict has", in.position() - 1, opcode));
		}
	}

	/** Attributes of an OrderedDict (PyTorch's _metadata) hold no tensor; those of a module are all of it. */
	private void build(final Object state) throws IOException {
		if (top(Object.class, "object") instanceof Opaque) return;
		@SuppressWarnings("unchecked")
		final Map<Object, Object> object = top(Map.class, "dict to give attributes to");
		if (object instanceof Attributes && state instanceof Map<?, ?> attributes && attributes != object) {
			spend(attributes.size());
			object.putAll(attributes);
		}
	}

	private void protocol(final int version) throws IOException {
		if (version < 2 || version > 5) throw new IOException("the pickle is of protocol " + version + ", not 2 to 5");
	}

	private void global(final String module, final String name) throws IOException {
		if (module.length() > MAX_NAME || name.length() > MAX_NAME)
			throw new IOException("a name has more than " + MAX_NAME + " letters");
		final Object found = names.find(module, name);
		if (found != null) {
			stack.add(found);
			return;
		}
		final String full = module + "." + name;
		final String root = module.split("\\.", 2)[0];
		final boolean builtin = root.equals("builtins") || root.equals("__builtin__");
		// Of torch's own names the known ones make tensors; what others would make must not be missing in silence.
		if ((builtin || root.equals("torch") || HARMFUL.contains(root)) && !HARMLESS.contains(full)) {
			throw new CodeException("its pickle calls for the Python name " + shown(full));
		}
		if (ignored.size() < MAX_IGNORED) ignored.add(shown(full));
		stack.add(new Opaque(shown(full)));
	}

	/** Short and printable, since it comes from a file that can't be trusted. */
	private static String shown(final String name) {
		final String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
		return plain.length() > 120 ? plain.substring(0, 120) + "..." : plain;
	}

	/** An object of a class. */
	private void made(final Object of) throws IOException {
		if (of instanceof Opaque) stack.add(of);
		else if (of == CLASS) stack.add(new Attributes());
		else throw new CodeException("its pickle makes an object of a class");
	}

	/** Something that can be a key of a dict or belong to a set. */
	static Object key(final Object value) throws IOException {
		// Bounded, so that comparing keys with equal hashes stays cheap.
		if (value instanceof String s && s.length() > MAX_NAME)
			throw new IOException("a name has more than " + MAX_NAME + " letters");
		if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean ||
			value instanceof Tuple || value instanceof Opaque) return value;
		throw new IOException("a key is neither text nor number nor tuple");
	}

	private void set(final List<Object> items) throws IOException {
		if (items.size() % 2 != 0) throw new IOException("a dict has a key without a value");
		if (top(Object.class, "dict") instanceof Opaque) return;
		@SuppressWarnings("unchecked")
		final Map<Object, Object> map = top(Map.class, "dict");
		for (int i = 0; i < items.size(); i += 2) map.put(key(items.get(i)), items.get(i + 1));
	}

	private void add(final Class<? extends Collection> kind, final List<Object> items) throws IOException {
		if (top(Object.class, "list or set") instanceof Opaque) return;
		@SuppressWarnings("unchecked")
		final Collection<Object> collection = top(kind, "list or set");
		for (final Object item : items) collection.add(kind == Set.class ? key(item) : item);
	}

	private Object remembered(final long index) throws IOException {
		final Object value = memo.get(index);
		if (value == null && !memo.containsKey(index)) throw new IOException("the memo has nothing under " + index);
		return value;
	}

	private void push(final Object value) {
		stack.add(value);
	}

	private Object pop() throws IOException {
		if (stack.isEmpty()) throw new IOException("the stack is empty at byte " + in.position());
		return stack.remove(stack.size() - 1);
	}

	private <T> T pop(final Class<T> kind, final String what) throws IOException {
		final Object value = pop();
		if (!kind.isInstance(value))
			throw new IOException("there is no " + what + " where one must be, at byte " + in.position());
		return kind.cast(value);
	}

	private <T> T top(final Class<T> kind, final String what) throws IOException {
		if (stack.isEmpty()) throw new IOException("the stack is empty at byte " + in.position());
		final Object value = stack.get(stack.size() - 1);
		if (value != null && kind.isInstance(value) || kind == Object.class) return kind.cast(value);
		throw new IOException("there is no " + what + " where one must be, at byte " + in.position());
	}

	private ArrayList<Object> popToMark() throws IOException {
		if (marked.isEmpty()) throw new IOException("a mark is missing at byte " + in.position());
		final ArrayList<Object> items = stack;
		stack = marked.remove(marked.size() - 1);
		return items;
	}

	private List<Object> popLast(final int n) throws IOException {
		if (stack.size() < n) throw new IOException("the stack is empty at byte " + in.position());
		final List<Object> last = stack.subList(stack.size() - n, stack.size());
		final List<Object> items = new ArrayList<>(last);
		last.clear();
		return items;
	}
}
