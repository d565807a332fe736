import { type Budget, tooMany } from '../budget.ts';
import { fillDictionary } from './fill-dictionary.ts';
import { instructions } from './instructions.ts';
import { isJoblibArray } from './joblib-arrays.ts';
import { isLoader } from './known-names.ts';
import { Memo } from './memo.ts';
import { numberParameters } from './number-parameters.ts';
import type { StackEffect } from './opcodes.ts';
import { PickledNames } from './pickled-names.ts';
import { settleArray } from './settle-array.ts';
import { Uses } from './uses.ts';
import {
  append,
  asKind,
  type Call,
  isDescribed,
  itemsOf,
  newCall,
  type Persistent,
  setEntries,
  type Value,
  weightOf,
} from './value.ts';
import { type Instruction, mustHold } from './walk-pickle.ts';
import { whereItStands } from './where-it-stands.ts';

/** Of one pickle. Python puts a thousand items of a list or dict on the stack at once, and all those of a tuple. */
const most = { remembered: 8e5, stacked: 12e5 };

/**
 * Follows a pickle's stack and memo and describes what it would build. Nothing is executed: no name is looked up, no
 * call is made. Taking what is not
 * there is a `Damage`, for Python takes nothing then either; and so, of state `unknown`, is having too many parts.
 */
export class PickleMachine {
  /** What it refers to outside, in the order in which it does. */
  readonly persistent: Persistent[] = [];
  /** Calls that would load another pickle, which is among their arguments. */
  readonly loads: Call[] = [];
  readonly #names: PickledNames;
  readonly #budget: Budget;
  readonly #uses: Uses;
  readonly #values: Value[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Memo();
  #result: Value | undefined;
  #unfilled: Call | null = null;
  /** Where the instruction starts that is followed. */
  #at = 0;

  /** What it names is added to `names`. */
  constructor(names: PickledNames = new PickledNames()) {
    this.#names = names;
    this.#budget = names.budget;
    this.#uses = new Uses(names);
  }

  /**
   * What STOP took. Where the pickle broke off before that, what it had built so far: everything it was still filling
   * goes where it was meant to.
   */
  finish(): Value {
    if (this.#result !== undefined) return this.#result;
    this.#settleState();
    while (this.#marks.length > 0) this.#settle(this.popToMark());
    this.#settleAttributes();
    return this.#values[0] ?? null;
  }

  /** The keys that lead to what is being built, joined by `.`; to be asked before {@link finish}. */
  standsAt(): string {
    return whereItStands({ values: this.#values, marks: this.#marks });
  }

  readonly apply = (instruction: Instruction): void => {
    this.#budget.followInstruction();
    this.#at = instruction.at;
    if (this.#values.length > most.stacked) throw tooMany();
    const follow = instructions[instruction.opcode.name];
    if (follow) follow(this, instruction);
    else this.#applyEffect(instruction.opcode.stack);
  };

  push(value: Value): void {
    this.#values.push(value);
    this.#budget.keepValues(weightOf(value));
  }

  /** Puts a value on the stack that was made before. */
  pushAgain(value: Value): void {
    this.#values.push(value);
  }

  pop(): Value {
    this.#expect(1);
    return this.#values.pop() ?? null;
  }

  /** The topmost values, in the order in which they were pushed. */
  popSeveral(count: number): Value[] {
    if (count === 0) return [];
    this.#expect(count);
    return this.#values.splice(-count);
  }

  peek(): Value {
    return this.#values.at(-1) ?? null;
  }

  mark(): void {
    this.#marks.push(this.#values.length);
  }

  /** The values above the topmost mark, in order; they and the mark are gone. */
  popToMark(): Value[] {
    mustHold(this.#marks.length > 0, 'its pickle looks for a mark that is not there');
    return this.#values.splice(this.#marks.pop() ?? 0);
  }

  /** POP takes a value, or the mark when it is on top. */
  popValueOrMark(): void {
    if (this.#marks.at(-1) === this.#values.length) this.#marks.pop();
    else this.pop();
  }

  memoize(index = this.#memo.size): void {
    this.#memo.set(index, this.peek());
    if (this.#memo.size > most.remembered) throw tooMany();
  }

  recall(index: number): void {
    mustHold(this.#memo.has(index), 'its pickle refers to something it never stored');
    this.pushAgain(this.#memo.get(index) ?? null);
  }

  name(module: string, name: string): Value {
    return this.#names.name(module, name, this.#at);
  }

  /** A name that cannot be told, with a few words on it. */
  nameUnread(what: string): Value {
    this.#names.miss(what);
    return { kind: 'opaque', what };
  }

  /** A call of the value, or an instance of it that is made without calling it. */
  call(callee: Value, args: readonly Value[], use: 'made' | 'called'): void {
    this.#uses.call(callee, args, use);
    const call = newCall(callee, args);
    const named = asKind(callee, 'name');
    if (named && isLoader(named.module, named.name)) this.loads.push(call);
    if (use === 'called') this.#uses.hand(fillDictionary(call, (count) => this.#budget.keepValues(count)));
    this.push(call);
  }

  /** Sets the state of what is at the top. */
  build(state: Value): void {
    const target = this.peek();
    this.#uses.build(target, state);
    const call = asKind(target, 'call');
    if (!call) return;
    numberParameters(state, (count) => this.#budget.keepValues(count));
    call.state = state;
    if (isJoblibArray(call)) this.#unfilled = call;
  }

  /** The array at the top whose elements follow, once; null where what follows is an instruction. */
  takeUnfilled(): Call | null {
    const unfilled = this.#unfilled;
    if (unfilled !== null) this.#unfilled = null;
    return unfilled;
  }

  append(items: readonly Value[]): void {
    const target = this.peek();
    this.#uses.fill(target, items);
    append(target, items);
  }

  /** Keys and values in turn. */
  setItems(pairs: readonly Value[]): void {
    const target = this.peek();
    this.#uses.fill(
      target,
      pairs,
      pairs.filter((_, index) => index % 2 === 0),
    );
    const filled = asKind(target, 'dict') ?? asKind(target, 'call');
    if (filled) this.#uses.hand(setEntries(filled, pairs));
    // Python replaces what the list has there; here it has both.
    if (isDescribed(target) && target.kind === 'list') append(target, pairs);
  }

  refer(id: Value): void {
    this.#uses.refer(id);
    const reference: Persistent = { kind: 'persistent', id };
    this.persistent.push(reference);
    this.push(reference);
  }

  /** To be asked at the end, whichever way it came: names that may be called by then count as called. */
  settleUses(): void {
    this.#uses.settle();
  }

  stop(): void {
    this.#result = this.pop();
  }

  /** So many values above the topmost mark. */
  #expect(count: number): void {
    const there = this.#values.length - (this.#marks.at(-1) ?? 0);
    mustHold(there >= count, 'its pickle takes more from the stack than is there');
  }

  /** A state that is whole and was not yet given to what it is for. */
  #settleState(): void {
    const [target, state] = this.#values.slice(-2);
    const items = itemsOf(state);
    const call = asKind(target, 'call');
    if (call && items && settleArray(call, items)) this.#values.pop();
  }

  /** What an object at the top was to be given as its attributes, as far as they are there. */
  #settleAttributes(): void {
    const [root, attributes] = this.#values;
    const call = asKind(root, 'call');
    if (call?.state === undefined && asKind(attributes, 'dict') && call) call.state = attributes;
  }

  #settle(values: readonly Value[]): void {
    const target = this.peek();
    if (!isDescribed(target)) return;
    if (target.kind === 'call' && settleArray(target, values)) return;
    if (target.kind === 'dict' || target.kind === 'call') setEntries(target, values);
    else if (target.kind === 'list') append(target, values);
  }

  #applyEffect({ pops, pushes, toMark }: StackEffect): void {
    if (toMark) this.popToMark();
    for (let count = 0; count < pops; count += 1) this.pop();
    for (let count = 0; count < pushes; count += 1) this.pushAgain(null);
  }
}
