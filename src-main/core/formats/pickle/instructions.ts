import { isAscii, isUtf8 } from 'node:buffer';
import { rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import type { PickleMachine } from './machine.ts';
import { decodeText } from './python-text.ts';
import { parseLine, readLong } from './read-literal.ts';
import { asKind, type Bytes, floatValue, isDescribed, itemsOf, type Opaque, type Value } from './value.ts';
import { type Instruction, mustHold } from './walk-pickle.ts';

type Follow = (machine: PickleMachine, instruction: Instruction) => void;

/** Follows an instruction whose argument is kept, however long; a longer one leaves something that is not followed. */
const literal =
  (read: (argument: Buffer) => Value, what: string): Follow =>
  (machine, { argument, length }) =>
    machine.push(argument ? read(argument) : { kind: 'opaque', what: `${what} of ${length} bytes` });

const text: Follow = (machine, { argument, start, length }) =>
  machine.push(argument ? decodeText(argument) : longText({ start, length, form: 'utf8' }));

/** A text of Python 2 is bytes: arrays have their elements in one. Of ASCII it is a text in any case. */
const oldText: Follow = (machine, { argument, start, length }) =>
  machine.push(
    argument && isAscii(argument) ? argument.toString('latin1') : oldBytes(argument, start, length),
  );

function oldBytes(content: Buffer | null, start: number, length: number): Bytes {
  return { kind: 'bytes', start, length, content: content && Buffer.from(content), isText: true };
}

const oldLine: Follow = (machine, { argument, start, length }) => {
  const read = argument ? parseLine('string', argument.toString('latin1')) : longLine(length);
  const isBytes = typeof read === 'string' && !isAscii(Buffer.from(read, 'latin1'));
  machine.push(isBytes ? oldBytes(Buffer.from(read, 'latin1'), start, read.length) : read);
};

const longLine = (length: number): Opaque => ({ kind: 'opaque', what: `a line of ${length} bytes` });

const lineText: Follow = (machine, { argument, start, length }) =>
  machine.push(
    argument
      ? parseLine('unicode', argument.toString('latin1'))
      : longText({ start, length: length - 1, form: 'escaped' }),
  );

function longText(text: NonNullable<Opaque['text']>): Opaque {
  return { kind: 'opaque', what: `a text of ${text.length} bytes`, text };
}

const unsigned = literal((argument) => argument.readUIntLE(0, argument.length), 'a number');
const constant =
  (value: Value): Follow =>
  (machine) =>
    machine.push(value);

const bytes: Follow = (machine, { argument, start, length }) =>
  machine.push({ kind: 'bytes', start, length, content: argument && Buffer.from(argument) });

const line = (kind: Parameters<typeof parseLine>[0]): Follow =>
  literal((argument) => parseLine(kind, argument.toString('latin1')), 'a line');

const sequence =
  (kind: 'list' | 'tuple' | 'set', take: (machine: PickleMachine) => Value[]): Follow =>
  (machine) =>
    machine.push({ kind, items: take(machine) });

const toMark = (machine: PickleMachine) => machine.popToMark();
const several = (count: number) => (machine: PickleMachine) => machine.popSeveral(count);

const memoNumber = (argument: Buffer | null): number => argument?.readUIntLE(0, argument.length) ?? -1;
/** As Python reads it: `+5`, ` 5 ` and `0_5` are 5. */
function lineNumber(argument: Buffer | null): number {
  const digits = /^\s*([+-]?\d+(?:_\d+)*)\s*$/.exec(argument?.toString('latin1') ?? '')?.[1];
  mustHold(digits !== undefined, 'its pickle numbers what it stores by no number');
  const number = Number(digits.replaceAll('_', ''));
  rule(Number.isSafeInteger(number), 'its pickle numbers what it stores in a way that cannot be read');
  return number;
}

const extension: Follow = (machine, { argument }) => {
  mustHold(memoNumber(argument) !== 0, 'its pickle asks for extension 0, which there cannot be');
  machine.push(machine.nameUnread('an extension, which stands for a name that is not in the file'));
};

/** Texts that are made by a call, or are too long to be kept, may name anything. */
const untold: ReadonlySet<string> = new Set(['call', 'persistent', 'opaque']);

/** As an argument of two lines may be. */
const longestName = 512;

/** Names of classes come in two lines, or as two texts; anything else in their place names nothing. */
function nameFrom(machine: PickleMachine, module: Value | undefined, name: Value | undefined): Value {
  if (typeof module === 'string' && typeof name === 'string')
    return module.length + name.length <= longestName
      ? machine.name(module, name)
      : machine.nameUnread(`a name of ${formatCount(module.length + name.length)} characters`);
  const isUntold = [module, name].some(
    (text) => isDescribed(text) && (untold.has(text.kind) || asKind(text, 'bytes')?.isText),
  );
  if (isUntold) return machine.nameUnread('a name that the pickle works out, or that is too long');
  return { kind: 'opaque', what: 'a name that is no text' };
}

function namedInLines(machine: PickleMachine, { argument, length }: Instruction): Value {
  const mayBeName = argument === null || (isUtf8(argument) && !argument.includes(0));
  mustHold(mayBeName, 'its pickle names what no name can be');
  const [module, name] = argument?.toString('utf8').split('\n') ?? [];
  return argument
    ? nameFrom(machine, module, name)
    : machine.nameUnread(`a name of ${formatCount(length)} bytes`);
}

function argumentsOf(value: Value): readonly Value[] {
  const isSet = isDescribed(value) && value.kind === 'set';
  return itemsOf(value) ?? (isSet ? value.items : [value]);
}

/** What the instructions do, in terms of what would be built; all others have their effect on the stack alone. */
export const instructions: Readonly<Record<string, Follow>> = {
  MARK: (machine) => machine.mark(),
  STOP: (machine) => machine.stop(),
  POP: (machine) => machine.popValueOrMark(),
  DUP: (machine) => machine.pushAgain(machine.peek()),
  NONE: constant(null),
  NEWTRUE: constant(true),
  NEWFALSE: constant(false),
  INT: line('int'),
  LONG: line('int'),
  FLOAT: line('float'),
  STRING: oldLine,
  UNICODE: lineText,
  BININT: literal((argument) => argument.readInt32LE(0), 'a number'),
  BININT1: unsigned,
  BININT2: unsigned,
  LONG1: literal(readLong, 'a number'),
  LONG4: literal(readLong, 'a number'),
  BINFLOAT: literal((argument) => floatValue(argument.readDoubleBE(0)), 'a number'),
  SHORT_BINSTRING: oldText,
  BINSTRING: oldText,
  SHORT_BINUNICODE: text,
  BINUNICODE: text,
  BINUNICODE8: text,
  SHORT_BINBYTES: bytes,
  BINBYTES: bytes,
  BINBYTES8: bytes,
  BYTEARRAY8: bytes,
  NEXT_BUFFER: constant({ kind: 'opaque', what: 'a buffer outside the pickle' }),
  // What cannot be written to stays as it is; anything else has another name for the same.
  READONLY_BUFFER: (machine) => machine.pushAgain(machine.pop()),
  EXT1: extension,
  EXT2: extension,
  EXT4: extension,
  EMPTY_TUPLE: sequence('tuple', several(0)),
  EMPTY_LIST: sequence('list', several(0)),
  EMPTY_SET: sequence('set', several(0)),
  TUPLE: sequence('tuple', toMark),
  LIST: sequence('list', toMark),
  FROZENSET: sequence('set', toMark),
  TUPLE1: sequence('tuple', several(1)),
  TUPLE2: sequence('tuple', several(2)),
  TUPLE3: sequence('tuple', several(3)),
  EMPTY_DICT: (machine) => machine.push({ kind: 'dict', entries: new Map() }),
  DICT: (machine) => {
    const pairs = machine.popToMark();
    machine.push({ kind: 'dict', entries: new Map() });
    machine.setItems(pairs);
  },
  APPEND: (machine) => machine.append(machine.popSeveral(1)),
  APPENDS: (machine) => machine.append(machine.popToMark()),
  ADDITEMS: (machine) => machine.append(machine.popToMark()),
  SETITEM: (machine) => machine.setItems(machine.popSeveral(2)),
  SETITEMS: (machine) => machine.setItems(machine.popToMark()),
  PUT: (machine, { argument }) => machine.memoize(lineNumber(argument)),
  BINPUT: (machine, { argument }) => machine.memoize(memoNumber(argument)),
  LONG_BINPUT: (machine, { argument }) => machine.memoize(memoNumber(argument)),
  MEMOIZE: (machine) => machine.memoize(),
  GET: (machine, { argument }) => machine.recall(lineNumber(argument)),
  BINGET: (machine, { argument }) => machine.recall(memoNumber(argument)),
  LONG_BINGET: (machine, { argument }) => machine.recall(memoNumber(argument)),
  GLOBAL: (machine, instruction) => machine.push(namedInLines(machine, instruction)),
  STACK_GLOBAL: (machine) => {
    const [module, name] = machine.popSeveral(2);
    machine.push(nameFrom(machine, module, name));
  },
  INST: (machine, instruction) => {
    const args = machine.popToMark();
    machine.call(namedInLines(machine, instruction), args, 'called');
  },
  OBJ: (machine) => {
    const [callee = null, ...args] = machine.popToMark();
    machine.call(callee, args, 'called');
  },
  REDUCE: (machine) => {
    const [callee = null, args = null] = machine.popSeveral(2);
    machine.call(callee, argumentsOf(args), 'called');
  },
  NEWOBJ: (machine) => {
    const [callee = null, args = null] = machine.popSeveral(2);
    machine.call(callee, argumentsOf(args), 'made');
  },
  NEWOBJ_EX: (machine) => {
    const [callee = null, args = null, named = null] = machine.popSeveral(3);
    machine.call(callee, [...argumentsOf(args), named], 'made');
  },
  BUILD: (machine) => machine.build(machine.pop()),
  PERSID: (machine, { argument }) => machine.refer(argument ? argument.toString('latin1') : null),
  BINPERSID: (machine) => machine.refer(machine.pop()),
};
