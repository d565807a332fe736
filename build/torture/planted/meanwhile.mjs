import { plantIn } from './plant.mjs';

const core = 'src-main/core';
const commit = plantIn(`${core}/operations/commit-operation.ts`);
const keepOld = plantIn(`${core}/save/keep-old.ts`);
const saving = plantIn(`${core}/save/save-version.ts`);

/** What others do meanwhile, what is given up, and what cannot be done just now. @type {import('./plant.mjs').Mutant[]} */
export const MEANWHILE = [
  plantIn(`${core}/operations/remove-litter.ts`)(
    'what cannot be removed stops every write',
    'if (errorCode(error) === null) throw error;',
    'if (path !== "") throw error;',
  ),
  plantIn(`${core}/lock/row.ts`)('the row holds all that ever came of it', '.then(() => undefined);', ';'),
  plantIn(`${core}/lock/claim-folder.ts`)(
    'a claim that could not be removed holds up its own process',
    'if (dropped.has(name)) return true;',
  ),
  commit(
    'an intent that cannot be taken away is told as failed',
    "if (errorCode(error) === 'ENOENT') return;\n    throw error;",
    'return;',
  ),
  commit(
    'what was told to have failed may be done after a power cut',
    'else await keepRecordOfRest(disk, root, operation);\n  await syncFolder(disk, ',
    'else await keepRecordOfRest(disk, root, operation);\n  await Promise.resolve(',
  ),
  plantIn(`${core}/operations/commit-and-tell.ts`)(
    'that an operation may not last is not told',
    'if (!durable)',
    "if (root === '')",
  ),
  plantIn(`${core}/retention/judged-versions.ts`)(
    'what was written since it was judged is pruned',
    'if (!before || !now || !sameIdentity(before, now)) throw changed();',
    'if (!before && !now) throw changed();',
  ),
  plantIn(`${core}/backup/back-up-versions.ts`)(
    'a backup is made on the disk under a mount point',
    '(await store.device()) !== device',
    'device === -1',
  ),
  plantIn(`${core}/backup/run-identity.ts`)(
    'a copy of a run keeps the identity of the other',
    'isCopy ? { id: newId(), former: [...former, id] } : {}',
    '{}',
  ),
  plantIn(`${core}/save/save-in-place.ts`)(
    'a file that is left alone loses its checksum',
    'await changeList(disk, root, { listed: unlisted });',
  ),
  plantIn(`${core}/save/save-and-retain.ts`)(
    'what a killed watch saved is saved again',
    '  await assertUnnoted(run, writing, request);\n',
  ),
  plantIn(`${core}/backup/while-locked.ts`)(
    'a store that is gone is made anew',
    'if (makes) await',
    'if (makes !== null) await',
  ),
  plantIn(`${core}/backup/delete-backups.ts`)(
    'backups beyond their limits stay untold',
    'if (failure !== null) onNotice',
    "if (failure === '') onNotice",
  ),
  plantIn(`${core}/save/place-version.ts`)(
    'what is deleted is told to wait in the trash',
    'return isGone ? null : operation.id;',
    'return operation.id;',
  ),
  keepOld('a save in place that was taken back is told as torn', 'own).catch(() => undefined);', 'own);'),
  keepOld(
    'what a training wrote before it was put aside is written over',
    'assertUntouched(old, ',
    'await Promise.resolve(',
  ),
  plantIn(`${core}/save/read-source.ts`)(
    'half of one save and half of another pass for whole',
    ' || now.mtimeMs !== mtimeMs)',
    ')',
  ),
  saving('a save that is given up gets its name', '    request.signal?.throwIfAborted();\n'),
  plantIn(`${core}/save/save-folder.ts`)(
    'a folder that is given up gets its name',
    '    request.signal?.throwIfAborted();\n',
  ),
  plantIn(`${core}/save/pinned-target.ts`)(
    'an older generation lets the pinned one go',
    "kind === 'save' && !automatic && ",
    "kind === 'save' && ",
  ),
  plantIn(`${core}/save/next-version.ts`)(
    'a number that only a backup has is given again',
    'trashed, backedUp, logged',
    'trashed, logged',
  ),
  plantIn(`${core}/save/save-and-retain.ts`)(
    'the trash is emptied by limits that are in doubt',
    'if (run.settings.inDoubt) return;',
  ),
];
