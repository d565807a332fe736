import { rule } from '../damage.ts';
import type { StackEffect } from './opcodes.ts';
import type { Instruction } from './walk-pickle.ts';

/** What a pickle would build, as far as it is followed: texts, small numbers, names, tuples and lists; else null. */
export type Value = string | number | PickledName | Value[] | null;

/** A class or function that a pickle names. It is never looked up. */
export interface PickledName {
  module: string;
  name: string;
}

/**
 * Follows a pickle's stack and memo without executing anything: whatever is not a plain value becomes null. Taking
 * what is not there is a {@link import('../damage.ts').Damage}.
 */
export class SymbolicStack {
  /** What STOP took. */
  result: Value = null;
  readonly onPersistentId: (id: Value) => void;
  readonly #values: Value[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Value>();

  constructor(onPersistentId: (id: Value) => void = () => {}) {
    this.onPersistentId = onPersistentId;
  }

  readonly apply = ({ opcode, argument }: Instruction): void => {
    const handler = handlers[opcode.name];
    if (handler && argument) handler(this, argument);
    else this.#applyEffect(opcode.stack);
  };

  push(value: Value): void {
    this.#values.push(value);
  }

  pop(): Value {
    rule(this.#values.length > this.#floor(), 'its pickle takes more from the stack than is there');
    return this.#values.pop() ?? null;
  }

  peek(): Value {
    return this.#values.at(-1) ?? null;
  }

  mark(): void {
    this.#marks.push(this.#values.length);
  }

  /** The values above the topmost mark, in order; they and the mark are gone. */
  popToMark(): Value[] {
    rule(this.#marks.length > 0, 'its pickle looks for a mark that is not there');
    return this.#values.splice(this.#marks.pop() ?? 0);
  }

  /** POP takes a value, or the mark when it is on top. */
  popValueOrMark(): void {
    if (this.#marks.at(-1) === this.#values.length) this.#marks.pop();
    else this.pop();
  }

  memoize(index = this.#memo.size): void {
    this.#memo.set(index, this.peek());
  }

  recall(index: number): void {
    rule(this.#memo.has(index), 'its pickle refers to something it never stored');
    this.push(this.#memo.get(index) ?? null);
  }

  #floor(): number {
    return this.#marks.at(-1) ?? 0;
  }

  #applyEffect({ pops, pushes, toMark }: StackEffect): void {
    if (toMark) this.popToMark();
    for (let count = 0; count < pops; count += 1) this.pop();
    for (let count = 0; count < pushes; count += 1) this.push(null);
  }
}

type Handler = (stack: SymbolicStack, argument: Buffer) => void;

const pushText: Handler = (stack, argument) => stack.push(argument.toString('utf8'));
const pushNumber: Handler = (stack, argument) => stack.push(argument.readUIntLE(0, argument.length));
const memoizeAt: Handler = (stack, argument) => stack.memoize(argument.readUIntLE(0, argument.length));
const recallFrom: Handler = (stack, argument) => stack.recall(argument.readUIntLE(0, argument.length));
const pushEmpty: Handler = (stack) => stack.push([]);
const pushMarked: Handler = (stack) => stack.push(stack.popToMark());
const lineNumber = (argument: Buffer): number => Number.parseInt(argument.toString('latin1'), 10);

/** The instructions whose values are followed; all others have their effect on the stack alone. */
const handlers: Readonly<Record<string, Handler>> = {
  MARK: (stack) => stack.mark(),
  POP: (stack) => stack.popValueOrMark(),
  DUP: (stack) => stack.push(stack.peek()),
  SHORT_BINSTRING: pushText,
  BINSTRING: pushText,
  SHORT_BINUNICODE: pushText,
  BINUNICODE: pushText,
  BINUNICODE8: pushText,
  BININT1: pushNumber,
  BININT2: pushNumber,
  BININT: (stack, argument) => stack.push(argument.readInt32LE(0)),
  EMPTY_TUPLE: pushEmpty,
  EMPTY_LIST: pushEmpty,
  TUPLE: pushMarked,
  LIST: pushMarked,
  TUPLE1: (stack) => stack.push(popSeveral(stack, 1)),
  TUPLE2: (stack) => stack.push(popSeveral(stack, 2)),
  TUPLE3: (stack) => stack.push(popSeveral(stack, 3)),
  APPEND: (stack) => append(stack, popSeveral(stack, 1)),
  APPENDS: (stack) => append(stack, stack.popToMark()),
  PUT: (stack, argument) => stack.memoize(lineNumber(argument)),
  BINPUT: memoizeAt,
  LONG_BINPUT: memoizeAt,
  MEMOIZE: (stack) => stack.memoize(),
  GET: (stack, argument) => stack.recall(lineNumber(argument)),
  BINGET: recallFrom,
  LONG_BINGET: recallFrom,
  GLOBAL: (stack, argument) => {
    const [module = '', name = ''] = argument.toString('utf8').split('\n');
    stack.push({ module, name });
  },
  STACK_GLOBAL: (stack) => {
    const [module, name] = popSeveral(stack, 2);
    stack.push(typeof module === 'string' && typeof name === 'string' ? { module, name } : null);
  },
  BINPERSID: (stack) => {
    stack.onPersistentId(stack.pop());
    stack.push(null);
  },
  STOP: (stack) => {
    stack.result = stack.pop();
  },
};

function popSeveral(stack: SymbolicStack, count: number): Value[] {
  return Array.from({ length: count }, () => stack.pop()).reverse();
}

function append(stack: SymbolicStack, items: readonly Value[]): void {
  const list = stack.peek();
  if (Array.isArray(list)) for (const item of items) list.push(item);
}
