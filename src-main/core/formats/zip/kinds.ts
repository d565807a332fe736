import type { FormatName } from '../format.ts';

/** A format that is a zip with certain members. */
export interface ZipKind {
  name: FormatName;
  /** The member without which it cannot be loaded, when that one is missing. */
  missing: string | null;
}

type Names = ReadonlySet<string>;

/** Which of the formats that are zips an archive with these members is. First match wins. */
export function zipKind(names: Names): ZipKind {
  return torchKind(names) ?? stableBaselinesKind(names) ?? kerasKind(names) ?? arraysKind(names) ?? plainZip;
}

/** The same from the first member alone, for a torn archive: `data.pkl` came first in all torch files seen. */
export function zipKindByFirstMember(name: string): FormatName {
  if (isPickle(name)) return 'torch-zip';
  if (name === 'data') return 'sb3';
  return name.endsWith('.npy') ? 'npz' : 'zip';
}

const plainZip: ZipKind = { name: 'zip', missing: null };

/** `PREFIX/data.pkl` and `PREFIX/version`; TorchScript has `PREFIX/code/` and `PREFIX/constants.pkl` besides. */
function torchKind(names: Names): ZipKind | null {
  const prefix = torchPrefix(names);
  if (prefix === null) return null;
  const isScript = findName(names, (name) => scriptPart.test(name)) !== undefined;
  const pickle = `${prefix}data.pkl`;
  const hasPickle = names.has(pickle) || findName(names, (name) => isPickle(name)) !== undefined;
  return { name: isScript ? 'torchscript' : 'torch-zip', missing: hasPickle ? null : pickle };
}

/** Below any prefix, in any case: PyTorch's reader of archives takes no notice of case. */
const scriptPart = /^([^/]*\/)?(constants\.pkl$|code\/)/i;

function isPickle(name: string): boolean {
  return name.length >= pickleName.length && pickleMember.test(name);
}

const pickleName = 'data.pkl';
const pickleMember = /^([^/]*\/)?data\.pkl$/i;

export function torchPrefix(names: Iterable<string>): string | null {
  const pickle = findName(names, isPickle);
  if (pickle !== undefined) return pickle.slice(0, -pickleName.length);
  const version = findName(names, (name) => name.endsWith('version') && /^([^/]*\/)?version$/.test(name));
  const prefix = version?.slice(0, -'version'.length);
  return prefix !== undefined && startsAny(names, `${prefix}data/`) ? prefix : null;
}

/** stable-baselines3 writes `data` and `policy.pth`; before 0.9, and stable-baselines 2, `parameters` or `tensors.pth`. */
function stableBaselinesKind(names: Names): ZipKind | null {
  const weights = ['policy.pth', 'parameters', 'tensors.pth'];
  const marks = ['_stable_baselines3_version', 'pytorch_variables.pth', ...weights];
  if (!marks.some((mark) => names.has(mark))) return null;
  const hasData = names.has('data');
  const hasWeights = weights.some((name) => names.has(name));
  if (!hasData && !names.has('_stable_baselines3_version')) return null;
  return { name: 'sb3', missing: missingOf(hasData, hasWeights) };
}

function missingOf(hasData: boolean, hasWeights: boolean): string | null {
  if (!hasData) return 'data';
  return hasWeights ? null : 'policy.pth';
}

function kerasKind(names: Names): ZipKind | null {
  const isKeras = names.has('config.json') && names.has('metadata.json');
  if (!isKeras) return null;
  const hasWeights = startsAny(names, 'model.weights.');
  return { name: 'keras', missing: hasWeights ? null : 'model.weights.h5' };
}

function arraysKind(names: Names): ZipKind | null {
  const isArrays = names.size > 0 && findName(names, (name) => !name.endsWith('.npy')) === undefined;
  return isArrays ? { name: 'npz', missing: null } : null;
}

function startsAny(names: Iterable<string>, start: string): boolean {
  return findName(names, (name) => name.startsWith(start)) !== undefined;
}

/** The first that fits, without a copy of what may be hundreds of thousands. */
function findName(names: Iterable<string>, fits: (name: string) => boolean): string | undefined {
  for (const name of names) if (fits(name)) return name;
  return undefined;
}
