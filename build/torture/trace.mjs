import { dirname, join } from 'node:path';

/** What strace saw a program do. @typedef {{ name: string, path: string | null, text: string }} Call */

/** Calls that change nothing and ask the kernel about nobody but the program itself. */
const HARMLESS = new Set(['exit', 'exit_group', 'wait4', 'arch_prctl', 'getcwd', 'rt_sigreturn']);
const LOOKING = new Set([
  'access',
  'faccessat',
  'faccessat2',
  'stat',
  'lstat',
  'newfstatat',
  'statx',
  'statfs',
  'readlink',
  'readlinkat',
]);
/** What the C library asks before it gives memory back: malloc/arena.c */
const HOW_MEMORY_IS_GIVEN = '/proc/sys/vm/overcommit_memory';
const OPENING = new Set(['open', 'openat', 'openat2']);
const STARTING = new Set(['clone', 'clone3']);

/** @param {string} text of strace -f, of the groups %file, %process and %network @returns {Call[]} */
export function readTrace(text) {
  return text.split('\n').flatMap((line) => {
    const [, name, rest] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) return [];
    return [{ name, path: /"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1] ?? null, text: `${name}(${rest}` }];
  });
}

/**
 * Calls that touch what is neither the file nor what the program opens whatever it is given. Folders above the file may be
 * looked at, for links, and for the records of Hydra and Lightning; so may its own folder, where an index looks for its shards, and what is right in a
 * folder that was named, for what trainings leave there. Its
 * sidecar and those records are read; what is a folder itself is looked for in the run that it may be a version of.
 * @param {Call[]} calls @param {Set<string>} usual @param {string} file
 */
export function foreignCalls(calls, usual, file) {
  return calls
    .filter((call, index) => !isOwn(call, index === 0) && !isReading(call, usual, file))
    .map(({ text }) => `it did ${text.slice(0, 200)}`);
}

/** What concerns the program alone: its threads, its end, what its own outputs are. @param {Call} call @param {boolean} isFirst */
function isOwn({ name, text }, isFirst) {
  if (STARTING.has(name)) return text.includes('CLONE_THREAD');
  return HARMLESS.has(name) || (isFirst && name === 'execve') || /^getsock(name|opt)\([12],/.test(text);
}

/** @param {Call} call @param {Set<string>} usual @param {string} file */
function isReading({ name, path, text }, usual, file) {
  if (path === null) return false;
  const isAbove = `${file}/`.startsWith(`${path.replace(/\/(?:\.hydra|hparams\.yaml)$/, '')}/`);
  if (LOOKING.has(name)) return usual.has(path) || isAbove || [dirname(file), file].includes(dirname(path));
  const isOpenForReading = OPENING.has(name) && !/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(text);
  return (
    isOpenForReading &&
    (usual.has(path) || [file, HOW_MEMORY_IS_GIVEN].includes(path) || isBeside(path, file))
  );
}

/** @param {string} path @param {string} file */
function isBeside(path, file) {
  const stem = file.replace(/\.[^./]+$/, '');
  const above = path.endsWith('/.hydra/config.yaml') ? dirname(dirname(path)) : null;
  if (above !== null && `${file}/`.startsWith(`${above}/`)) return true;
  return (
    [`${stem}.json`, `${stem}_meta.json`].includes(path) || dirname(path) === join(dirname(file), '.hydra')
  );
}
