import { classOfName, isLoader } from './known-names.ts';
import type { PickledNames } from './pickled-names.ts';
import {
  asKind,
  type Call,
  type Described,
  fullName,
  isDescribed,
  isUnclear,
  itemsOf,
  type PickledName,
  type Sequence,
  type Value,
} from './value.ts';

type Use = 'made' | 'called';

/** These make an instance of the class they are given first, and do not call it. */
const makers = new Set([
  'copyreg._reconstructor',
  'copy_reg._reconstructor',
  'copyreg.__newobj__',
  'copy_reg.__newobj__',
  'numpy.core.multiarray._reconstruct',
  'numpy._core.multiarray._reconstruct',
  'numpy.ma.core._mareconstruct',
]);

const builtins = (names: string): string[] =>
  names.split(' ').flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]);

/** These keep the items of a list, tuple or set that they are given first, and hash some: they call none. */
const keepers = new Set([
  'collections.deque',
  'collections.Counter',
  ...builtins('set frozenset list tuple'),
]);
/** These keep what a list of pairs has. */
const pairKeepers = new Set(['collections.OrderedDict', ...builtins('dict')]);
/** What is appended to these, or set in them, they keep. */
const filled = new Set([...keepers, ...pairKeepers, 'collections.defaultdict']);
/** Whose own state is numbers, texts and objects that they keep. numpy/core/src/multiarray/methods.c */
const numpy = new Set([
  'numpy.dtype',
  'numpy.core.multiarray._reconstruct',
  'numpy._core.multiarray._reconstruct',
]);

/**
 * Notes what a pickle does with the names in it. Whatever is handed to a call, in whatever depth, may be called by it, but for what is known
 * to be kept as it is: values of a container that PyTorch or Python makes, the class of an instance, and attributes that nothing calls
 * while a pickle is loaded. There is no list of what is dangerous here, and no bound on how deep is looked.
 */
export class Uses {
  readonly #names: PickledNames;
  readonly #handed: (readonly Value[])[] = [];
  readonly #pairs = new Set<Sequence>();
  /** What may have an attribute that Python calls when more is done to it. */
  readonly #hooked = new Set<Call>();

  constructor(names: PickledNames) {
    this.#names = names;
  }

  /** These may be called, and so may everything in them. */
  hand(values: readonly Value[]): void {
    if (values.length > 0) this.#handed.push(values);
  }

  call(callee: Value, args: readonly Value[], use: Use): void {
    const named = asKind(callee, 'name') ?? moduleClass(callee);
    if (named) {
      raise(named, use);
      if (isLoader(named.module, named.name)) named.unfollowed += 1;
      this.#take(fullName(named), args);
    } else if (isUnclear(callee)) {
      this.hand([callee, ...args]);
      if (callee.kind !== 'opaque' && !isOfCode(asKind(callee, 'call')?.callee))
        this.#names.miss('a call of what is worked out, or is elsewhere');
    }
  }

  /**
   * A state is kept as the attributes of what it is given to, or a class of the file's own has its own way with it, which the class is counted
   * for. Pickles set it last: what is done later may call an attribute, as `__setstate__` or `append`. Modules/_pickle.c, `load_build`, `do_append`
   */
  build(target: Value, state: Value): void {
    const call = asKind(target, 'call');
    if (!call) this.#changeNamed(target, [state]);
    else if (this.#mayCall(call)) this.hand([call, call.state ?? null, state]);
    else if (!isOwn(call) && !isAttributes(state) && !numpy.has(fullName(call.callee))) this.hand([state]);
  }

  /** Items, or keys and values, that are put into what is there. What many classes have for a key is an attribute of theirs. */
  fill(target: Value, items: readonly Value[], keys: readonly Value[] = []): void {
    const call = asKind(target, 'call');
    if (!call) {
      this.#changeNamed(target, items);
      return;
    }
    if (isOwn(call) && keys.some(isHook)) this.#hooked.add(call);
    if (this.#mayCall(call)) this.hand([call, ...items]);
    else if (!keepsItems(call)) this.hand(items);
  }

  #mayCall(call: Call): boolean {
    return call.state !== undefined || this.#hooked.has(call);
  }

  /** PyTorch before 1.11 calls the second item of a storage's id. The class of a module is taken as it is. torch/serialization.py */
  refer(id: Value): void {
    const [what, type = null, ...rest] = itemsOf(id) ?? [];
    if (what === 'module' && asKind(type, 'name')) this.hand(rest);
    else this.hand([id]);
  }

  /** Every name that hangs on what was handed over is called, as far as is known. */
  settle(): void {
    if (!this.#names.hasCode) return;
    const pairs = [...this.#pairs].flatMap(({ items }) => items);
    this.hand(pairs.filter((pair) => itemsOf(pair)?.length !== 2));
    for (const value of allReached(this.#handed.flat())) {
      const named = asKind(value, 'name');
      if (named) handOn(named);
    }
    this.#handed.length = 0;
  }

  /** What a callee that is known takes: the rest is handed to it. */
  #take(callee: string, args: readonly Value[]): void {
    const [first = null, ...rest] = args;
    const sequence = sequenceOf(first);
    if (makers.has(callee) && asKind(first, 'name')) this.#make(callee, first, rest);
    else if (keepers.has(callee) && sequence) this.hand(rest);
    else if (pairKeepers.has(callee) && sequence) {
      this.#pairs.add(sequence);
      this.hand(rest);
    } else this.hand(args);
  }

  #make(callee: string, type: Value, rest: readonly Value[]): void {
    const named = asKind(type, 'name');
    if (named) raise(named, 'made');
    if (named && isLoader(named.module, named.name)) this.hand([named]);
    // Of plain objects the state is not looked at. copyreg.py
    if (!(callee.endsWith('._reconstructor') && isObject(rest[0]))) this.hand(rest);
  }

  /** Nothing that a checkpoint needs changes a class, a function, what is elsewhere, or bytes. */
  #changeNamed(target: Value, values: readonly Value[]): void {
    if (asKind(target, 'bytes')) this.#names.miss('bytes that it changes');
    if (!isUnclear(target)) return;
    this.hand(values);
    if (target.kind !== 'opaque') this.#names.miss('what it changes in what it names');
  }
}

/** `('module', CLASS, file, text)` of a legacy stream stands for the class. */
function moduleClass(callee: Value): PickledName | null {
  const [what, type] = itemsOf(asKind(callee, 'persistent')?.id) ?? [];
  return what === 'module' ? asKind(type, 'name') : null;
}

function isOfCode(callee: Value | undefined): boolean {
  const named = asKind(callee, 'name') ?? moduleClass(callee ?? null);
  return named !== null && classOfName(named.module, named.name) === 'code';
}

const isObject = (base: Value | undefined): boolean =>
  /^(?:builtins|__builtin__)\.object$/.test(fullName(base));

function sequenceOf(value: Value): Sequence | null {
  const isOne = isDescribed(value) && value.kind !== 'call' && 'items' in value;
  return isOne ? value : null;
}

function tupleItems(value: Value): readonly Value[] | null {
  return isDescribed(value) && value.kind === 'tuple' ? value.items : null;
}

/** Whether a state is a dict of attributes, or two. Modules/_pickle.c, `load_build` */
function isAttributes(state: Value): boolean {
  const parts = tupleItems(state) ?? [state];
  return parts.length <= 2 && parts.every((part) => part === null || asKind(part, 'dict') !== null);
}

/** A key by which Python may find what it calls: all names in two underscores count, and keys that are no plain text. */
function isHook(key: Value): boolean {
  return typeof key === 'string' ? /^(?:__|append$|extend$|add$)/.test(key) : isUnclear(key);
}

const keepsItems = (call: Call): boolean => isOwn(call) || filled.has(fullName(call.callee));

const isOwn = ({ callee }: Call): boolean => isOfCode(callee);

/** What hangs on these, in whatever depth, each once. */
function allReached(values: readonly Value[]): ReadonlySet<Described> {
  const reached = new Set(values.filter(mayLead));
  for (const value of reached) for (const part of partsOf(value)) if (mayLead(part)) reached.add(part);
  return reached;
}

/** There may be millions of floats, which are nothing else. */
const mayLead = (value: Value): value is Described => isDescribed(value) && value.kind !== 'float';

function partsOf(value: Described): Iterable<Value> {
  if (value.kind === 'call') {
    const { callee, args, state = null, items, entries } = value;
    return [callee, ...args, state, ...items, ...entries.keys(), ...entries.values()];
  }
  if (value.kind === 'dict') return [...value.entries.keys(), ...value.entries.values()];
  if (value.kind === 'persistent') return [value.id];
  return 'items' in value ? value.items : [];
}

function raise(named: PickledName, use: Use): void {
  if (named.use !== 'called') named.use = use;
}

/** Names that make nothing but tensors and data are told to be called by the calls of them alone. */
function handOn(named: PickledName): void {
  if (classOfName(named.module, named.name) === 'code') raise(named, 'called');
  if (isLoader(named.module, named.name)) named.unfollowed = Number.POSITIVE_INFINITY;
}
