import { mkdtempSync, readdirSync, realpathSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainError } from '../files/error-code.ts';
import { hostName, isAlive } from '../files/stage-file.ts';
import { JobFailure } from './job-failure.ts';
import { endProcesses } from './job-processes.ts';

const name = /^cairn-job-(.+)-(\d+)-\w{6}$/;

/** A new, empty folder for one program to work in; its name tells whose it is. @throws JobFailure */
export function makeWorkplace(): string {
  try {
    return mkdtempSync(join(realpathSync(tmpdir()), `cairn-job-${hostName}-${process.pid}-`));
  } catch (error) {
    throw new JobFailure(`it has no folder to work in: ${explainError(error)}`);
  }
}

/** Removes it with all that is in it. What the program made so that it cannot be removed is left to the system, which tidies that place. */
export async function removeWorkplace(folder: string): Promise<void> {
  try {
    // Most are empty.
    rmdirSync(folder);
  } catch {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** Ends and removes what is left of jobs whose Cairn, on this machine, was killed. */
export async function sweepWorkplaces(): Promise<void> {
  const place = realpathSync(tmpdir());
  for (const folder of readdirSync(place)
    .filter(isAbandoned)
    .map((each) => join(place, each))) {
    await endProcesses({ folder, group: null, since: 0, before: null, seen: new Map() }, 0);
    await removeWorkplace(folder);
  }
}

function isAbandoned(folder: string): boolean {
  const [, host, pid] = name.exec(folder) ?? [];
  return host === hostName && !isAlive(Number(pid));
}
