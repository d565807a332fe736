import { plantIn } from './plant.mjs';

const core = 'src-main/core';
const records = plantIn(`${core}/trash/read-trash-records.ts`);
const store = plantIn(`${core}/backup/backup-store.ts`);
const backups = plantIn(`${core}/backup/run-backups.ts`);
const locking = plantIn(`${core}/backup/while-locked.ts`);
const last = plantIn(`${core}/backup/last-copies.ts`);
const exporting = plantIn(`${core}/backup/export-versions.ts`);
const replacing = plantIn(`${core}/files/replace-durably.ts`);
const placing = plantIn(`${core}/files/place-new.ts`);
const restore = plantIn(`${core}/backup/restore-backup.ts`);
const judge = plantIn(`${core}/integrity/judge.ts`);
const inPlace = plantIn(`${core}/save/save-in-place.ts`);
const saving = plantIn(`${core}/save/save-version.ts`);
const identity = plantIn(`${core}/files/file-identity.ts`);

/** What is brought back, and what passes for sound. @type {import('./plant.mjs').Mutant[]} */
export const DECISIONS = [
  store(
    'an object is not durable before its manifest',
    "await syncFolder(this.disk, join(this.folder, 'objects'));",
    'true;',
  ),
  replacing('a manifest is not durable', 'await confirmDone(disk, [folder], ', 'await Promise.resolve('),
  store(
    'bytes in the store are trusted by their name',
    ' && (await hashOf(this.disk, path, reading)) === checksum;',
    ' && checksum !== path;',
  ),
  store('shared bytes go with the first backup', ' && !shared.has(each)'),
  store(
    'a backup is made of bytes that another removed',
    'for (const file of filesOf(manifest)) if (!(await this.holds(file))) throw this.#lost(file);',
  ),
  store(
    'verifying brings a deleted backup back',
    'if (!(await this.disk.lookAt(this.#manifestPath(manifest.id)))) return false;',
  ),
  backups('a backup that was stopped leaves its bytes', '      await leaveAsFound(store, found, added);\n'),
  store(
    'bytes of backups with a damaged record are collected',
    '    if (problems.length > 0) return 0;\n    const shared',
    '    const shared',
  ),
  restore(
    'a restore that was stopped is done',
    '  signal?.throwIfAborted();\n  await commit',
    '  await commit',
  ),
  restore(
    'what is saved while a restore copies is replaced',
    'assertUntouched(look, await',
    'void (look, await',
  ),
  locking('backing up keeps others from backing up', "'backup', wait, shared: true }", "'backup', wait }"),
  locking(
    'a backup is deleted while others back up',
    "{ command: 'delete backup', wait }",
    "{ command: 'delete backup', wait, shared: true }",
  ),
  last('a copy is relied on unread', '(await holder.store.isWhole(checksum).catch(() => false))', 'holder'),
  last('one copy passes for two', '!isItself && ', ''),
  last('a file of another content passes for a copy', ')) === checksum;', ')) !== path;'),
  exporting('what an export that failed put there stays', 'await takeBack(disk, own)', '[]'),
  exporting(
    'a copy that is not what its record says is exported',
    'if (recorded !== null && recorded !== actual)',
    'if (recorded !== null && actual === undefined)',
  ),
  exporting(
    'a sidecar of another generation is exported',
    'if (told !== null && told !== actual)',
    'if (told !== null && actual === undefined)',
  ),
  exporting('an export is not durable', 'if (!(await syncFolder(disk, to)))', "if (to === '')"),
  placing(
    'a new file replaces another',
    'await disk.link(staged.path, path);',
    'await disk.rename(staged.path, path);',
  ),
  placing('a file that came to hold a name is replaced', 'if (!(await isOwn()))', 'if (false)'),
  store(
    'of a folder that a person chose more goes than came',
    'if (!found.has(name))',
    'if (found !== null)',
  ),
  plantIn(`${core}/backup/while-locked.ts`)(
    'a file of others is written to as a lock',
    '  await assertOwnLock(store.folder);\n',
    '',
  ),
  plantIn(`${core}/run-index/index-folder.ts`)(
    'what somebody writes is swept',
    'return !listOpen().isHeld(basename(path), look);',
    'return look !== null;',
  ),
  plantIn(`${core}/watch/interrupted-watch.ts`)(
    'what others are at is given up',
    'return error instanceof RunIsLockedError;',
    'return error === RunIsLockedError;',
  ),
  placing('a file of others is removed with ours', '?.ino === inode', '?.ino !== null'),
  store(
    'what could not be put in stays staged',
    '      await this.disk.unlink(staged.path).catch(() => undefined);\n      throw error;',
    '      throw error;',
  ),
  plantIn(`${core}/backup/backup-manifest.ts`)(
    'a backup brings files into what Cairn keeps for itself',
    'path: modelPathSchema,',
    'path: runPathSchema,',
  ),
  plantIn(`${core}/backup/backup-manifest.ts`)(
    'a manifest need not be what was written',
    ' || textOf(manifest) !== text',
  ),
  plantIn(`${core}/backup/back-up-versions.ts`)(
    'a broken version is backed up',
    'if (recorded === null || recorded === checksumOfCopies(copies, version))',
    'if (recorded !== undefined || copies)',
  ),
  restore('rotten bytes are restored', 'if (checksum !== file.checksum)', 'if (checksum === "")'),
  plantIn(`${core}/backup/restoring.ts`)(
    'a restore that failed leaves files staged',
    '    await removeStaged(disk, staged);\n',
  ),
  plantIn(`${core}/trash/undo.ts`)(
    'undo forgets the file that was replaced',
    'return isBack ? [] : [await placeStep(disk, root, step.keep, step.to, undoId)];',
    'return [];',
  ),
  plantIn(`${core}/trash/move-to-trash.ts`)(
    'a sidecar stays without its model',
    'each.flatMap(({ files }) => files)',
    'each.flatMap(({ files }) => files.slice(0, 1))',
  ),
  plantIn(`${core}/save/next-version.ts`)(
    'a number is given twice',
    'highestNumber(names.flat(), config)) + 1',
    'highestNumber(names.flat(), config)) || 1',
  ),
  plantIn(`${core}/save/next-version.ts`)(
    'numbers in the trash are given again',
    'Math.max(known, trashed, ',
    'Math.max(known, trashed * 0, ',
  ),
  plantIn(`${core}/lock/kernel-lock.ts`)(
    'a lock that is held is had',
    "error.code === 'EAGAIN') return false;",
    "error.code === 'EAGAIN') return true;",
  ),
  plantIn(`${core}/lock/lock-run.ts`)(
    'the lock of a file that was moved away counts',
    'if (hasName(await file.stat(), path)) return file;',
    'if (path) return file;',
  ),

  judge(
    'a checksum is taken from the bytes it should prove',
    'if (evidence.actual === evidence.expected)',
    'if (evidence.actual)',
  ),
  judge(
    'bit rot without a checksum passes',
    'remembered !== null && remembered !== actual',
    'remembered === ""',
  ),
  judge(
    'what is no known checkpoint passes for one',
    "format === 'unknown' ? unrecognised('verified', detail) : null",
    'format === null ? detail : null',
  ),
  judge('a torn file passes', "if (evidence.structure.state === 'torn')", 'if (evidence.structure === null)'),
  plantIn(`${core}/integrity/hash-file.ts`)(
    'the end of a file is not read',
    'offset < size; )',
    'offset < size - 64; )',
  ),
  plantIn(`${core}/integrity/verify-file.ts`)(
    'a file that is being written is judged',
    'if (!areStill()) return resultOf(claim, before, beingWritten(before.size));\n  if',
    'if',
  ),
  plantIn(`${core}/integrity/claim-companions.ts`)(
    'what goes with a model is not verified with it',
    'return own.length + shared.length === 0 ? claim : { ...claim, companions: own, shared };',
    'return claim;',
  ),
  plantIn(`${core}/save/read-source.ts`)(
    'files of two saves become one folder',
    "if (hash.digest('hex') !== checksum)",
    'if (false)',
  ),
  identity('a changed file stays verified', 'a.ctimeMs === b.ctimeMs &&'),
  identity('another file of the same size stays verified', 'a.ino === b.ino &&'),
  identity('a file that grew stays verified', 'a.size === b.size &&'),

  backups(
    'what a backup that was cut short left stays',
    '      await store.sweep().catch(() => undefined);\n',
  ),
  plantIn(`${core}/trash/known-operations.ts`)(
    'a damaged line about the trash counts',
    "if (text === '' || line",
    "if (text === '' && line",
  ),
  records(
    'a record that was changed is not read again',
    'if (before && sameIdentity(before.identity, identity)) return before;',
    'if (before && sameIdentity(identity, identity)) return before;',
  ),
  records(
    'the files of an operation without a record go untold',
    "(await filesBelow(disk, folder)).length > 0 ? [problemOf(root, id, 'is missing')] : []",
    '[]',
  ),
  records(
    'an operation under way is told as damaged',
    'return [];\n  // Where the intent',
    '{}\n  // Where the intent',
  ),
  plantIn(`${core}/operations/operation.ts`)(
    'the record of another operation is taken for the own',
    'if (operation.id !== id)',
    'if (operation.id === null)',
  ),
  plantIn(`${core}/trash/choose-doomed.ts`)(
    'damaged operations are emptied with the rest',
    'filter((id) => named.has(id))',
    'filter((id) => named.has(id) || named.size === 0)',
  ),
  plantIn(`${core}/trash/undo.ts`)(
    'what is newest is guessed where its record is damaged',
    'if (newer !== undefined) throw',
    'if (newer === null) throw',
  ),
  plantIn(`${core}/marks/annotations.ts`)(
    'damaged marks are taken for none',
    'if (this.#fault) throw this.#fault;',
  ),
  plantIn(`${core}/marks/annotations.ts`)(
    'damaged marks go untold',
    'if (!this.#fault) return [];',
    'return [];',
  ),
  store(
    'a damaged manifest goes untold',
    "read && 'damage' in read ? [{ path, problem: damage }] : []",
    '[]',
  ),
  plantIn(`${core}/files/file-mode.ts`)('a save lets others in', 'source & replaced', 'source | replaced'),
  plantIn(`${core}/save/find-older.ts`)(
    'two models get one sidecar',
    'if (stranger === undefined) return older;',
    'if (stranger !== null) return older;',
  ),
  plantIn(`${core}/save/place-version.ts`)(
    'a sidecar stays that tells of other bytes',
    'else steps.push(...(await moveSidecar(writing, target, draft)));',
    '',
  ),
  inPlace(
    'a sidecar tells of a model whose name is not durable',
    '    attempt.isDurable = await syncFolder(disk, posix.dirname(path));\n',
  ),
  inPlace(
    'a first save in place that failed leaves its sidecar',
    '[target.sidecar, target.id]',
    '[target.id]',
  ),
  inPlace(
    'a save in place writes to a file that changed meanwhile',
    '  if (model) assertUntouched(model, now, target.id);\n',
  ),
  inPlace(
    'a save in place that failed removes what came in its place',
    'if (!now || !own.has(now.ino)) continue;',
    'if (!now) continue;',
  ),
  inPlace(
    'a save in place keeps nothing of the old',
    'old && isWanted ? await keepOld',
    'old && !isWanted ? await keepOld',
  ),
  saving(
    'a save in place that keeps nothing is given up half way',
    'atomic || old === null || config.backup_before_overwrite ? request.signal : undefined',
    'request.signal',
  ),
];
