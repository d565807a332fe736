import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open, readFile, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inHeldFolder } from '../files/held-folder.ts';
import { hostName } from '../files/stage-file.ts';
import { isRunning, startOf, statOf } from '../processes/process-stat.ts';

/**
 * Where a process runs: the machine's own id, which start of it that is, and the space its number counts in; empty where the system does not
 * tell. Machines may share a name, and containers a machine.
 */
interface Place {
  host: string;
  machine: string;
  boot: string;
  space: string;
}

/** A file that says who writes to a folder: it stands for a lock where the file system has none. */
interface Claim extends Place {
  name: string;
  isShared: boolean;
  pid: number;
  start: number;
}

/** So long it is waited until a look is believed, in milliseconds: what others make may be seen late on a file system of another machine. */
const settling = 200;
/** A claim that came later is taken back at the sight of the first: so often it is looked whether it is gone. */
const looks = 10;
const lookEvery = 20;

const claimName =
  /^lock\.([sx])\.([A-Za-z0-9-]+)\.([0-9a-f]*)\.([0-9a-f]*)\.(\d*)\.(\d+)\.(\d*)\.[0-9a-f]{16}$/;

/**
 * Claims a folder by a file whose name says who made it. Nobody takes another's away: each makes its own, and holds the folder once it is alone.
 * What a process left that is surely gone counts for nothing.
 * @param text for people
 * @returns the name of the claim; null where others hold the folder
 * @throws system errors, with no claim left
 */
export async function tryClaim(folder: string, isShared: boolean, text: string): Promise<string | null> {
  if (rivalsOf(folder, null, isShared).length > 0) return null;
  const name = nameOf(isShared);
  try {
    await inHeldFolder(folder, folder, (held) => writeClaim(`${held}/${name}`, text));
    if (await isAlone(folder, name, isShared)) {
      await removeGone(folder);
      return name;
    }
  } catch (error) {
    await dropClaim(folder, name);
    throw error;
  }
  await dropClaim(folder, name);
  return null;
}

/** Claims of this process that hold nothing any more, and could not be removed. */
const dropped = new Set<string>();

/** What cannot be removed counts for nothing to this process, which removes it with its next claim, and to others once this process has ended. */
export async function dropClaim(folder: string, name: string): Promise<void> {
  dropped.add(name);
  try {
    await inHeldFolder(folder, folder, (held) => unlink(`${held}/${name}`));
    dropped.delete(name);
  } catch {
    // What was done under it is done.
  }
}

/** Who holds a folder that could not be claimed: the claim's path, and what stands in it for people. */
export async function readClaim(
  folder: string,
  isShared: boolean,
): Promise<{ path: string; text: string } | null> {
  const [rival] = rivalsOf(folder, null, isShared);
  if (!rival) return null;
  const path = `${folder}/${rival.name}`;
  return { path, text: await readFile(path, 'utf8').catch(() => '') };
}

async function writeClaim(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    // What it is for stands in its name.
    await file.write(text).catch(() => undefined);
  } finally {
    await file.close();
  }
}

async function isAlone(folder: string, own: string, isShared: boolean): Promise<boolean> {
  if (rivalsOf(folder, own, isShared).length > 0) return false;
  await sleep(settling);
  for (let look = 0; look < looks; look += 1) {
    if (rivalsOf(folder, own, isShared).length === 0) return true;
    await sleep(lookEvery);
  }
  return false;
}

/** Who holds it against a claim: those that share it stand in each other's way no more than those that are gone. */
function rivalsOf(folder: string, own: string | null, isShared: boolean): Claim[] {
  return claimsIn(folder).filter(
    (claim) => claim.name !== own && !(isShared && claim.isShared) && !isGone(claim),
  );
}

async function removeGone(folder: string): Promise<void> {
  for (const claim of claimsIn(folder)) if (isGone(claim)) await dropClaim(folder, claim.name);
}

function claimsIn(folder: string): Claim[] {
  return readdirSync(folder).flatMap((name) => {
    const [, kind, host = '', machine = '', boot = '', space = '', pid, start] = claimName.exec(name) ?? [];
    if (kind === undefined) return [];
    const process = { pid: Number(pid), start: Number(start) };
    return [{ name, isShared: kind === 's', host, machine, boot, space, ...process }];
  });
}

function nameOf(isShared: boolean): string {
  const { host, machine, boot, space } = ownPlace;
  const token = randomBytes(8).toString('hex');
  const start = startOf(process.pid) ?? '';
  return ['lock', isShared ? 's' : 'x', host, machine, boot, space, process.pid, start, token].join('.');
}

/** Surely: of what the system does not tell, and of other machines, nothing is taken for gone. */
function isGone({ name, host, machine, boot, space, pid, start }: Claim): boolean {
  if (dropped.has(name)) return true;
  const own = ownPlace;
  if (boot === '' || own.boot === '') return false;
  if (boot === own.boot) return space !== '' && space === own.space && !isThere(pid, start);
  return machine !== '' && machine === own.machine && host === own.host;
}

function isThere(pid: number, start: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.start === start && isRunning(stat);
}

/** Where this process runs. */
export const ownPlace: Place = {
  host: hostName,
  machine: digestOf('/etc/machine-id'),
  boot: digestOf('/proc/sys/kernel/random/boot_id'),
  space: spaceOfProcesses(),
};

/** As much of it as tells one from another. */
function digestOf(path: string): string {
  const text = ifTold(() => readFileSync(path, 'utf8').trim());
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** `pid:[4026531836]`: see namespaces(7). */
function spaceOfProcesses(): string {
  return /\d+/.exec(ifTold(() => readlinkSync('/proc/self/ns/pid')))?.[0] ?? '';
}

function ifTold(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
