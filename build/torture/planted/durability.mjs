import { plantIn } from './plant.mjs';

const operations = 'src-main/core/operations';
const stage = plantIn('src-main/core/files/stage-file.ts');
const disk = plantIn('src-main/core/files/disk.ts');
const inside = plantIn('src-main/core/files/disk-inside.ts');
const held = plantIn('src-main/core/files/held-folder.ts');
const commit = plantIn(`${operations}/commit-operation.ts`);
const step = plantIn(`${operations}/take-step.ts`);
const judge = plantIn(`${operations}/judge-step.ts`);
const recover = plantIn(`${operations}/recover-run.ts`);
const manager = plantIn('src-main/core/model-manager.ts');
const discard = plantIn(`${operations}/discard-kept.ts`);
const line = plantIn(`${operations}/append-line.ts`);
const list = plantIn('src-main/core/integrity/replace-list.ts');
const reserve = plantIn('src-main/core/files/reserve.ts');
const seals = plantIn(`${operations}/change-list.ts`);
const folders = plantIn(`${operations}/run-folders.ts`);

/** What makes an operation last, and whole. @type {import('./plant.mjs').Mutant[]} */
export const DURABILITY = [
  line('a line of the log is not synced', '    await file.sync();\n'),
  line('the name of the log is not synced', '    if (size === 0) await syncFolder(disk, dirname(path));\n'),
  line('a line that was cut off is not ended', "size)) ? '\\n'", "size)) ? ''"),
  seals('checksums are told before their list is durable', '  await syncFolder(disk, root);\n'),
  seals(
    'checksums take the place of those on record',
    'withLines(withoutLines(list, unlisted), listed)',
    'withLines(list.subarray(list.length), listed)',
  ),
  list(
    'what others add to the list meanwhile is lost',
    'else if (old) await carryOver(disk, path, old, before.length);',
  ),
  list('a list that another program put there is replaced', 'now?.ino !== old.opened.ino || '),
  list('what was carried over is not synced', '      await list.sync();\n'),

  plantIn(`${operations}/set-aside.ts`)(
    'a record that is whole is set aside',
    'if ((await isDamaged(disk, root, name)) === false)',
    'if (name === "")',
  ),
  disk('a file is never synced', 'sync: () => handle.sync(),', 'sync: async () => undefined,'),
  disk('a folder is never synced', '    await folder.sync();'),
  disk('a new file takes the place of another', 'constants.O_CREAT | constants.O_EXCL', 'constants.O_CREAT'),
  disk('others may read a file while it is written', 'createFlags, 0o600', 'createFlags, 0o644'),
  disk('links are followed', 'const noFollow = constants.O_NOFOLLOW ?? 0', 'const noFollow = 0'),

  inside(
    'what was put into a folder that was moved away stays there',
    'await takeBack(held, value).catch(() => undefined);',
  ),
  inside(
    'a folder that was moved away meanwhile is no fault',
    'if (isInPlace()) return value;',
    'return value;',
  ),
  inside(
    'files are moved behind a link',
    'at(to, (fresh) => disk.rename(old, fresh), renameBack(disk, old))',
    'disk.rename(old, to)',
  ),
  inside(
    'files are removed behind a link',
    'unlink: (path) => at(path, unlink)',
    'unlink: (path) => unlink(path)',
  ),
  held('a folder behind a link is held', 'if (place !== folder) {', "if (place === '') {"),
  manager('a run is written to behind a link', 'own ?? diskInside(realDisk, root)', 'own ?? realDisk'),
  manager('an export goes behind a link', 'diskInside(this.#outside, to.path)', 'this.#outside'),

  stage('a staged file is not synced', '  await file.sync();\n  const written', '  const written'),
  stage(
    'a file gets its mode after its bytes are on the medium',
    '  if (mode !== undefined) await file.chmod(mode).catch(unlessNoModes);\n  if (mtime !== undefined) await file.touch(mtime).catch(unlessNoModes);\n  await file.sync();\n',
    '  await file.sync();\n  if (mode !== undefined) await file.chmod(mode).catch(unlessNoModes);\n  if (mtime !== undefined) await file.touch(mtime).catch(unlessNoModes);\n',
  ),
  stage('a file is closed while it is flushed', '    await flushing.ended();'),
  plantIn('src-main/core/files/flush-behind.ts')(
    'a flush that failed is not told',
    'if (this.#failed !== null) throw this.#failed.error;',
  ),
  stage('a short write is taken for a whole one', 'done += count;', 'done = data.length;'),
  stage('the size is not compared after writing', 'if (written !== size)', 'if (written < 0)'),
  stage(
    'a staged file stays when writing fails',
    'await file.close().catch(() => undefined);\n    await disk.unlink(path).catch(() => undefined);\n    throw',
    'await file.close().catch(() => undefined);\n    throw',
  ),
  stage(
    'a temp file of a live process is swept',
    'return !isAlive(Number(pid)) || isAnother(Number(pid), mark);',
    'return true;',
  ),
  stage(
    'a temp file stays once another process has the number of its own',
    ' || isAnother(Number(pid), mark);',
    ';',
  ),
  stage('a temp file of another machine is swept', 'owner !== hostName || '),
  stage('a clone is not synced', '    await file.sync();\n  } finally', '  } finally'),
  stage(
    'a failed clone stays half made',
    '    await disk.unlink(path).catch(() => undefined);\n    const chunks',
    '    const chunks',
  ),

  commit('the intent is not written', 'await writeIntent(disk, root, operation);'),
  commit(
    'the folder of the intents is not synced',
    'intentPath(root, operation.id));\n    await syncFolder(disk, folder);',
    'intentPath(root, operation.id));',
  ),
  commit('what failed is not rolled back', 'await untakeSteps(disk, root, operation.steps);'),
  commit(
    'a roll back that failed passes for one',
    'operation).catch(() => {\n      throw uncertain(error);\n    });',
    'operation).catch(() => undefined);',
  ),
  commit(
    'a sync that failed passes for a good one',
    '.catch((error: unknown) => {\n    throw uncertain(error);\n  });',
    '.catch(() => true);',
  ),
  commit(
    'the folders of the steps are not synced',
    'return syncFoldersOf(disk, root, pathsOf(steps));',
    'return Promise.resolve(disk !== null && root !== "" && steps.length >= 0);',
  ),
  commit(
    'an intent stays for ever',
    'else await disk.unlink(intentPath(root, operation.id));\n  await syncFolder',
    'await syncFolder',
  ),
  commit(
    'an intent that came to nothing stays staged',
    '    await disk.unlink(staged.path).catch(() => undefined);\n    await withdraw',
    '    await withdraw',
  ),
  commit(
    'what was taken back keeps its intent',
    'if (nothingKept) await disk.unlink',
    'if (!nothingKept) await disk.unlink',
  ),
  commit(
    'a link may lead out of the run',
    '  await assertNoLinks(disk, root, [...pathsOf(steps), ...modes.keys()]);\n',
  ),

  step(
    'a name goes before the other is durable',
    '  const added = steps.map(({ to, keep }) => keep ?? to);\n  await syncFoldersOf(disk, root, added);\n',
  ),
  step(
    'the old name goes before it is back for good',
    '  await syncFoldersOf(disk, root, added);\n  for (const step of back)',
    '  for (const step of back)',
  ),
  step(
    'the replaced file is not kept',
    'if (!hasOld(judged)) await addLink(disk, root, judged, step.to, step.keep);',
  ),
  judge(
    'a file of someone else is replaced',
    'const mayGo = isReplaced(to, step)',
    'const mayGo = to !== null || isReplaced(to, step)',
  ),
  judge(
    'a file that was rewritten in place is replaced',
    'look.size === replaced.size && look.mtimeMs === replaced.mtime',
    'look.size === replaced.size',
  ),
  judge(
    'a file that was rewritten in place is moved away',
    ' && (mtime === undefined || look.mtimeMs === mtime)',
  ),
  judge(
    'taking back takes what was rewritten in place since',
    '(isKept(step.to) || isMoved(to, step))',
    '(isKept(step.to) || to !== null)',
  ),
  commit(
    'what is written to on its way to the trash goes there',
    '    await assertKeptUntouched(disk, root, operation.steps);\n',
  ),
  step(
    'a file that came at the last moment loses its name',
    "if (errorCode(error) === 'EEXIST') throw conflict({ ...judged, state: 'blocked' });",
    "if (errorCode(error) === 'EEXIST') return disk.rename([root, path].join('/'), [root, name].join('/'));",
  ),
  step('a disk without links is not understood', 'if (!cannotLink(error)) throw error;', 'throw error;'),
  step(
    'a file loses its name before the trash has it for good',
    '  await syncFoldersOf(disk, root, [step.keep]);\n  // That',
    '  // That',
  ),
  step(
    'taking back overwrites what a training wrote since',
    'if (!to || mayLoseNewName(judged)) await disk.rename',
    'await disk.rename',
  ),
  judge(
    'a file is told by its inode and its time alone',
    'look?.ino === inode && look.size === size',
    'look?.ino === inode',
  ),

  judge('recovery finishes what is lost', "state === 'lost' || state === 'blocked'", "state === 'blocked'"),
  judge(
    'recovery carries out what is blocked',
    "state === 'lost' || state === 'blocked'",
    "state === 'lost'",
  ),
  recover(
    'recovery does not sync the intents',
    'await syncFoldersOf(disk, root, [',
    'await Promise.resolve([disk, root, ',
  ),
  recover('recovery does not sync what it finished', '  await syncSteps(disk, root, operation);\n'),
  recover(
    'recovery leaves what is half written',
    'recovery.litter.push(...(await sweep(disk, root, folder)));',
  ),
  manager('recovery does not look into backups', ', ...ownStoreFolders'),
  recover('recovery makes no folders', '  await makeFolders(disk, root, recorded);\n'),

  discard(
    'a deletion that was interrupted stays',
    'litter.push(...(await removeLitter(path, (each) => removeTree(disk, each))));',
    'continue;',
  ),
  discard(
    'a deletion may come back half',
    'doomed);\n  await syncFolder(disk, ',
    'doomed);\n  await Promise.resolve(',
  ),
  discard('empty folders of the trash stay', 'await removeEmptyFolders(disk, path);', 'continue;'),

  folders('a new folder is not durable', 'if (made || !synced.has(parent)) await syncFolder(disk, parent);'),
  folders(
    'a link is taken for a folder',
    "if (look && look.type !== 'folder') throw inTheWay(",
    'if (look === undefined) throw inTheWay(',
  ),
  folders(
    'a failing disk passes for one that cannot sync',
    "new Set(['EINVAL', ",
    "new Set(['EIO', 'EINVAL', ",
  ),
  plantIn(`${operations}/run-path.ts`)('a path may lead out of the run', "part !== '..'", 'true'),
  plantIn(`${operations}/operation.ts`)(
    'the replaced may be kept anywhere',
    'over !== null && isKept(keep)',
    'over !== null',
  ),
  reserve('what fills a disk takes the reserve', ' || !this.#mayGiveUp'),
  reserve('the reserve is kept for ever', ' || !giveUp(this.#own)', ' || this.#mayGiveUp'),
  reserve('a reserve that a cut emptied counts', 'if (look?.size === size) return;', 'if (look) return;'),
];
