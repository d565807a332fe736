/**
 * The 68 instructions of pickle protocols 0 to 5, as `pickletools` lists them: how long the argument is, and what the
 * instruction does to the stack. Nothing here, or in this folder, ever does what an instruction asks for.
 */
export interface Opcode {
  name: string;
  argument: Argument;
  stack: StackEffect;
  /** Whether the argument is a text of any length. */
  isText: boolean;
}

/** `fixed`: so many bytes. `counted`: a length of so many bytes, then the argument. `lines`: so many, each ended by \n. */
export type Argument = { kind: 'fixed' | 'counted' | 'lines'; bytes: number };

/** `pops` values go (and with `toMark` all above and including the topmost mark), then `pushes` come. */
export interface StackEffect {
  pops: number;
  pushes: number;
  toMark: boolean;
}

const none: Argument = { kind: 'fixed', bytes: 0 };
const fixed = (bytes: number): Argument => ({ kind: 'fixed', bytes });
const counted = (bytes: number): Argument => ({ kind: 'counted', bytes });
const lines = (count: number): Argument => ({ kind: 'lines', bytes: count });

const effect = (pops: number, pushes: number): StackEffect => ({ pops, pushes, toMark: false });
const toMark = (pushes: number): StackEffect => ({ pops: 0, pushes, toMark: true });
const nothing = effect(0, 0);
const push = effect(0, 1);

type Row = [code: number | string, name: string, argument: Argument, stack: StackEffect];

const rows: readonly Row[] = [
  ['(', 'MARK', none, nothing],
  ['.', 'STOP', none, effect(1, 0)],
  ['0', 'POP', none, effect(1, 0)],
  ['1', 'POP_MARK', none, toMark(0)],
  ['2', 'DUP', none, effect(1, 2)],
  ['F', 'FLOAT', lines(1), push],
  ['I', 'INT', lines(1), push],
  ['J', 'BININT', fixed(4), push],
  ['K', 'BININT1', fixed(1), push],
  ['L', 'LONG', lines(1), push],
  ['M', 'BININT2', fixed(2), push],
  ['N', 'NONE', none, push],
  ['P', 'PERSID', lines(1), push],
  ['Q', 'BINPERSID', none, effect(1, 1)],
  ['R', 'REDUCE', none, effect(2, 1)],
  ['S', 'STRING', lines(1), push],
  ['T', 'BINSTRING', counted(4), push],
  ['U', 'SHORT_BINSTRING', counted(1), push],
  ['V', 'UNICODE', lines(1), push],
  ['X', 'BINUNICODE', counted(4), push],
  ['a', 'APPEND', none, effect(1, 0)],
  ['b', 'BUILD', none, effect(1, 0)],
  ['c', 'GLOBAL', lines(2), push],
  ['d', 'DICT', none, toMark(1)],
  ['}', 'EMPTY_DICT', none, push],
  ['e', 'APPENDS', none, toMark(0)],
  ['g', 'GET', lines(1), push],
  ['h', 'BINGET', fixed(1), push],
  ['i', 'INST', lines(2), toMark(1)],
  ['j', 'LONG_BINGET', fixed(4), push],
  ['l', 'LIST', none, toMark(1)],
  [']', 'EMPTY_LIST', none, push],
  ['o', 'OBJ', none, toMark(1)],
  ['p', 'PUT', lines(1), nothing],
  ['q', 'BINPUT', fixed(1), nothing],
  ['r', 'LONG_BINPUT', fixed(4), nothing],
  ['s', 'SETITEM', none, effect(2, 0)],
  ['t', 'TUPLE', none, toMark(1)],
  [')', 'EMPTY_TUPLE', none, push],
  ['u', 'SETITEMS', none, toMark(0)],
  ['G', 'BINFLOAT', fixed(8), push],
  [0x80, 'PROTO', fixed(1), nothing],
  [0x81, 'NEWOBJ', none, effect(2, 1)],
  [0x82, 'EXT1', fixed(1), push],
  [0x83, 'EXT2', fixed(2), push],
  [0x84, 'EXT4', fixed(4), push],
  [0x85, 'TUPLE1', none, effect(1, 1)],
  [0x86, 'TUPLE2', none, effect(2, 1)],
  [0x87, 'TUPLE3', none, effect(3, 1)],
  [0x88, 'NEWTRUE', none, push],
  [0x89, 'NEWFALSE', none, push],
  [0x8a, 'LONG1', counted(1), push],
  [0x8b, 'LONG4', counted(4), push],
  ['B', 'BINBYTES', counted(4), push],
  ['C', 'SHORT_BINBYTES', counted(1), push],
  [0x8c, 'SHORT_BINUNICODE', counted(1), push],
  [0x8d, 'BINUNICODE8', counted(8), push],
  [0x8e, 'BINBYTES8', counted(8), push],
  [0x8f, 'EMPTY_SET', none, push],
  [0x90, 'ADDITEMS', none, toMark(0)],
  [0x91, 'FROZENSET', none, toMark(1)],
  [0x92, 'NEWOBJ_EX', none, effect(3, 1)],
  [0x93, 'STACK_GLOBAL', none, effect(2, 1)],
  [0x94, 'MEMOIZE', none, nothing],
  [0x95, 'FRAME', fixed(8), nothing],
  [0x96, 'BYTEARRAY8', counted(8), push],
  [0x97, 'NEXT_BUFFER', none, push],
  [0x98, 'READONLY_BUFFER', none, effect(1, 1)],
];

/** By the instruction's byte; a byte that is no instruction has none. */
export const opcodes: ReadonlyMap<number, Opcode> = new Map(
  rows.map(([code, name, argument, stack]) => [
    typeof code === 'string' ? code.charCodeAt(0) : code,
    { name, argument, stack, isText: argument.kind === 'counted' && /STRING|UNICODE/.test(name) },
  ]),
);
