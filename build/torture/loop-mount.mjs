/** A file system of its own in a file, whose power can be cut. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to make each, the smallest that it accepts, and the package that has the program. @type {Record<string, { bytes: number, make: string[], needs: string }>} */
const KINDS = {
  ext4: { bytes: 64 << 20, make: ['mkfs.ext4', '-q', '-F', '-m', '0'], needs: 'e2fsprogs' },
  xfs: { bytes: 320 << 20, make: ['mkfs.xfs', '-q', '-f'], needs: 'xfsprogs' },
};

/** EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN are one request; 2: not even the log is flushed. */
const CUT = `
  open(my $folder, "<", $ARGV[0]) or die "$!\\n";
  my $flags = pack("L", 2);
  $| = 1;
  print "armed\\n";
  <STDIN>;
  ioctl($folder, 0x8004587D, $flags) // die "$!\\n";
`;

export class LoopMount {
  #image;

  /** @param {string} kind of {@link KINDS} @param {string} workshop */
  constructor(kind, workshop) {
    const { bytes, make } = KINDS[kind] ?? {};
    if (bytes === undefined || !make) throw new Error(`no file system is called ${kind}`);
    this.folder = join(workshop, `mount-${kind}`);
    this.#image = join(workshop, `${kind}.img`);
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.#image, '');
    truncateSync(this.#image, bytes);
    const [command = '', ...args] = make;
    execFileSync(command, [...args, this.#image], { stdio: 'pipe' });
    this.mount();
  }

  mount() {
    execFileSync('mount', ['-o', 'loop', this.#image, this.folder], { stdio: 'pipe' });
  }

  /** @returns {Promise<() => Promise<void>>} cuts at once: from then on nothing reaches the medium, and what was not durable is lost */
  async arm() {
    const child = spawn('perl', ['-e', CUT, this.folder], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    /** @type {Promise<void>} */
    const ended = new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) => (code === 0 ? done() : fail(new Error(said.trim()))));
    });
    await Promise.race([once(child.stdout, 'data'), ended]);
    return () => {
      child.stdin.end('\n');
      return ended;
    };
  }

  /** @returns {boolean} false while somebody has a file open on it */
  unmount() {
    return spawnSync('umount', [this.folder], { stdio: 'pipe' }).status === 0;
  }

  close() {
    spawnSync('umount', ['-l', this.folder], { stdio: 'pipe' });
    rmSync(this.#image, { force: true });
  }
}

/** Why power cannot be cut on such a file system here, or null. @param {string} kind @param {string} workshop @returns {Promise<string | null>} */
export async function whyNoCut(kind, workshop) {
  if (process.platform !== 'linux') return 'only Linux can shut a file system down';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const { make = [''], needs } = KINDS[kind] ?? {};
  if (spawnSync(make[0] ?? '', ['-V']).error) return `${make[0]} is not here (apt-get install ${needs})`;
  return tryCut(kind, workshop);
}

/** @param {string} kind @param {string} workshop @returns {Promise<string | null>} what went wrong */
async function tryCut(kind, workshop) {
  /** @type {LoopMount | null} */
  let mount = null;
  try {
    mount = new LoopMount(kind, workshop);
    const cut = await mount.arm();
    await cut();
    return null;
  } catch (error) {
    return `this machine cannot: ${error instanceof Error ? error.message.trim().split('\n').at(-1) : error}`;
  } finally {
    mount?.close();
  }
}
