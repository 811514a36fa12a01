// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
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
 * strings, tuples, lists, sets, dicts, and the names in {@link TorchGlobals}. A
 * pickle that names anything else holds code; it is refused, and nothing of it
 * is ever run. Objects of TorchScript's classes become the dict of their
 * attributes.
 * <p>
 * What comes out: {@code null}, Boolean, Long, BigInteger, Double, String,
 * byte[], {@link Tuple}, ArrayList, Set, Map, {@link Attributes}, {@link PickledTensor}. There is no
 * recursion, and nothing is allocated by a size that the file only claims.
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

	/** More opcodes than any checkpoint has; bounds memory and time. */
	private static final int MAX_OPCODES = 2_000_000;
	/** Pickles longer than this are refused, bytes. */
	private static final long MAX_BYTES = 1 << 26;
	private static final int MAX_KEY = 4096;
	private static final int MAX_INTEGER_BYTES = 255;

	/** What Python names stand for. */
	interface Names {

		/** What this name stands for; {@code null} if it is none that is allowed. */
		Object find(String module, String name);
	}

	/** The name of a class whose objects are taken for the dict of their attributes, {@link Attributes}. */
	record ClassName(String name) {}

	/** The attributes of an object of a TorchScript module. */
	static final class Attributes extends LinkedHashMap<Object, Object> {

		private static final long serialVersionUID = 1L;

		private Attributes() {
			super(0);
		}
	}

	private final InputStream in;
	private final Names names;
	private long position;
	private long limit;
	private ArrayList<Object> stack = new ArrayList<>();
	private final ArrayList<ArrayList<Object>> marked = new ArrayList<>();
	private final Map<Long, Object> memo = new HashMap<>();
	private final Map<String, PickledTensor.Storage> storages = new HashMap<>();

	/**
	 * @param in read byte by byte: should be buffered
	 * @param names all the names that the pickle may use
	 */
	Unpickler(final InputStream in, final Names names) {
		this.in = in;
		this.names = names;
	}

	/** How many bytes have been read so far. */
	long position() {
		return position;
	}

	/** The storages that have been named so far, by key. */
	Map<String, PickledTensor.Storage> storages() {
		return storages;
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
		limit = position + MAX_BYTES;
		for (int n = 0; n < MAX_OPCODES; n++) {
			final int opcode = unsigned(1);
			if (opcode == '.') return pop();
			run(opcode);
		}
		throw new IOException("the pickle has more than " + MAX_OPCODES + " opcodes");
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
			case 0x80 -> protocol(unsigned(1)); // PROTO
			case 0x95 -> bytes(8); // FRAME: its length is a hint
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
			case 'J' -> stack.add((long) little(4).getInt()); // BININT
			case 'K' -> stack.add((long) unsigned(1)); // BININT1
			case 'M' -> stack.add((long) unsigned(2)); // BININT2
			case 0x8a -> stack.add(integer(unsigned(1))); // LONG1
			case 0x8b -> stack.add(integer(little(4).getInt())); // LONG4
			case 'G' -> stack.add(ByteBuffer.wrap(bytes(8)).getDouble()); // BINFLOAT, big-endian
			case 'X' -> stack.add(text(length(4), StandardCharsets.UTF_8)); // BINUNICODE
			case 0x8c -> stack.add(text(unsigned(1), StandardCharsets.UTF_8)); // SHORT_BINUNICODE
			case 0x8d -> stack.add(text(length(8), StandardCharsets.UTF_8)); // BINUNICODE8
			case 'T' -> stack.add(text(length(4), StandardCharsets.ISO_8859_1)); // BINSTRING of Python 2
			case 'U' -> stack.add(text(unsigned(1), StandardCharsets.ISO_8859_1)); // SHORT_BINSTRING
			case 'B' -> stack.add(bytes(length(4))); // BINBYTES
			case 'C' -> stack.add(bytes(unsigned(1))); // SHORT_BINBYTES
			case 0x8e, 0x96 -> stack.add(bytes(length(8))); // BINBYTES8, BYTEARRAY8
			case 'c' -> global(line(), line()); // GLOBAL
			case 0x93 -> { // STACK_GLOBAL
				final String name = pop(String.class, "name");
				global(pop(String.class, "name"), name);
			}
			case 'R' -> { // REDUCE
				final Tuple args = pop(Tuple.class, "tuple of arguments");
				stack.add(pop(TorchGlobals.Function.class, "function").call(args.items()));
			}
			case 'Q' -> { // BINPERSID
				final PickledTensor.Storage storage = TorchGlobals.storage(pop());
				storages.put(storage.key(), storage);
				stack.add(storage);
			}
			case 'b' -> build(pop()); // BUILD
			case 0x81 -> { // NEWOBJ
				pop(Tuple.class, "tuple of arguments");
				if (!(pop() instanceof ClassName)) throw new CodeException("its pickle makes an object of a class");
				stack.add(new Attributes());
			}
			case 'q' -> memo.put((long) unsigned(1), top(Object.class, "value")); // BINPUT
			case 'r' -> memo.put(little(4).getInt() & 0xffffffffL, top(Object.class, "value")); // LONG_BINPUT
			case 0x94 -> memo.put((long) memo.size(), top(Object.class, "value")); // MEMOIZE
			case 'h' -> stack.add(remembered(unsigned(1))); // BINGET
			case 'j' -> stack.add(remembered(little(4).getInt() & 0xffffffffL)); // LONG_BINGET
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
			case 'i', 'o', 0x92 -> throw new CodeException("its pickle makes an object of a class");
			case 0x82, 0x83, 0x84 -> throw new CodeException("its pickle calls something by a number that only Python knows");
			default -> throw new IOException(String.format(java.util.Locale.ROOT,
				"byte %d is 0x%02x, which is no opcode that a state dict has", position - 1, opcode));
		}
	}

	/** Attributes of an OrderedDict (PyTorch's _metadata) hold no tensor; those of a module are all of it. */
	private void build(final Object state) throws IOException {
		@SuppressWarnings("unchecked")
		final Map<Object, Object> object = top(Map.class, "dict to give attributes to");
		if (object instanceof Attributes && state instanceof Map<?, ?> attributes && attributes != object) object.putAll(attributes);
	}

	private void protocol(final int version) throws IOException {
		if (version < 2 || version > 5) throw new IOException("the pickle is of protocol " + version + ", not 2 to 5");
	}

	private void global(final String module, final String name) throws IOException {
		final Object found = names.find(module, name);
		if (found == null) throw new CodeException("its pickle calls for the Python name " + shown(module + "." + name));
		stack.add(found);
	}

	/** Short and printable, since it comes from a file that can't be trusted. */
	private static String shown(final String name) {
		final String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
		return plain.length() > 120 ? plain.substring(0, 120) + "..." : plain;
	}

	/** Something that can be a key of a dict or belong to a set. */
	static Object key(final Object value) throws IOException {
		// Bounded, so that comparing keys with equal hashes stays cheap.
		if (value instanceof String s && s.length() > MAX_KEY) throw new IOException("a name has more than " + MAX_KEY + " letters");
		if (value instanceof Collection || value instanceof Map) throw new IOException("a list, set or dict can't be a key");
		return value;
	}

	private void set(final List<Object> items) throws IOException {
		if (items.size() % 2 != 0) throw new IOException("a dict has a key without a value");
		@SuppressWarnings("unchecked")
		final Map<Object, Object> map = top(Map.class, "dict");
		for (int i = 0; i < items.size(); i += 2) map.put(key(items.get(i)), items.get(i + 1));
	}

	private void add(final Class<? extends Collection> kind, final List<Object> items) throws IOException {
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
		if (stack.isEmpty()) throw new IOException("the stack is empty at byte " + position);
		return stack.remove(stack.size() - 1);
	}

	private <T> T pop(final Class<T> kind, final String what) throws IOException {
		final Object value = pop();
		if (!kind.isInstance(value)) throw new IOException("there is no " + what + " where one must be, at byte " + position);
		return kind.cast(value);
	}

	private <T> T top(final Class<T> kind, final String what) throws IOException {
		if (stack.isEmpty()) throw new IOException("the stack is empty at byte " + position);
		final Object value = stack.get(stack.size() - 1);
		if (value != null && kind.isInstance(value) || kind == Object.class) return kind.cast(value);
		throw new IOException("there is no " + what + " where one must be, at byte " + position);
	}

	private ArrayList<Object> popToMark() throws IOException {
		if (marked.isEmpty()) throw new IOException("a mark is missing at byte " + position);
		final ArrayList<Object> items = stack;
		stack = marked.remove(marked.size() - 1);
		return items;
	}

	private List<Object> popLast(final int n) throws IOException {
		if (stack.size() < n) throw new IOException("the stack is empty at byte " + position);
		final List<Object> last = stack.subList(stack.size() - n, stack.size());
		final List<Object> items = new ArrayList<>(last);
		last.clear();
		return items;
	}

	private int unsigned(final int bytes) throws IOException {
		int value = 0;
		for (int i = 0; i < bytes; i++) {
			final int b = in.read();
			if (b < 0) throw cutShort();
			value |= b << 8 * i;
		}
		position += bytes;
		if (position > limit) throw tooLong();
		return value;
	}

	private ByteBuffer little(final int n) throws IOException {
		return ByteBuffer.wrap(bytes(n)).order(ByteOrder.LITTLE_ENDIAN);
	}

	private int length(final int bytes) throws IOException {
		final ByteBuffer b = little(bytes);
		final long n = bytes == 4 ? b.getInt() & 0xffffffffL : b.getLong();
		if (n < 0 || n > limit - position) throw tooLong();
		return (int) n;
	}

	private byte[] bytes(final int n) throws IOException {
		if (n > limit - position) throw tooLong();
		// Grows with what arrives, whatever n says.
		final byte[] data = in.readNBytes(n);
		position += data.length;
		if (data.length < n) throw cutShort();
		return data;
	}

	private String text(final int n, final Charset charset) throws IOException {
		return new String(bytes(n), charset);
	}

	/** Two's complement, little-endian. */
	private Object integer(final int n) throws IOException {
		if (n < 0 || n > MAX_INTEGER_BYTES) throw new IOException("an integer has " + n + " bytes");
		final byte[] data = bytes(n);
		for (int i = 0; i < n / 2; i++) {
			final byte b = data[i];
			data[i] = data[n - 1 - i];
			data[n - 1 - i] = b;
		}
		if (n == 0) return 0L;
		final BigInteger value = new BigInteger(data);
		return value.bitLength() < 64 ? (Object) value.longValue() : value;
	}

	private String line() throws IOException {
		final StringBuilder text = new StringBuilder();
		for (int c = unsigned(1); c != '\n'; c = unsigned(1)) {
			if (text.length() > MAX_KEY) throw new IOException("a name has more than " + MAX_KEY + " letters");
			text.append((char) c);
		}
		return text.toString();
	}

	private EOFException cutShort() {
		return new EOFException("the pickle ends in the middle: the file is cut short");
	}

	private IOException tooLong() {
		return new IOException("the pickle has a part that is longer than " + MAX_BYTES + " bytes");
	}
}
