import { readlinkSync, realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { errorCode } from '../files/error-code.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { escapeName } from './escape-name.ts';

/** Where git-annex keeps the bytes of a file that it put a link in the place of. */
const annexed = /(^|\/)\.git\/annex\/objects\//;

/** Whether git-annex put a link in the place of the file of this name. */
export function isAnnexed(path: string): boolean {
  return annexed.test(targetOf(path));
}

/** Why a symbolic link in the place of a model is no version, by what it leads to, and what can be done. @param root of the run */
export function describeLink(path: string, root: string): string {
  const target = targetOf(path);
  const end = endOf(path);
  const told = `a symbolic link to ${escapeName(target)}`;
  if (annexed.test(target)) return describeAnnexed(told, 'path' in end);
  if (!('path' in end)) return `${told}, ${end.fault}`;
  return isWithin(root, end.path)
    ? `${told}: another name of a file of this run, and no version of its own`
    : `${told}, outside the run: it is not followed; put a copy here instead`;
}

/** Whether a symbolic link is but another name of something that the run has, as `last.ckpt` may be: nothing is wrong with it. */
export function isAnotherName(path: string, root: string): boolean {
  const end = endOf(path);
  return 'path' in end && !annexed.test(targetOf(path)) && isWithin(root, end.path);
}

/** Whether a symbolic link leads to a folder that is not in the run. */
export function leadsToFolderOutside(path: string, root: string): boolean {
  const end = endOf(path);
  if (!('path' in end) || isWithin(root, end.path)) return false;
  const look = tryLookAt(end.path);
  return look !== null && 'type' in look && look.type === 'folder';
}

function isWithin(root: string, path: string): boolean {
  const whole = endOf(root);
  const place = relative('path' in whole ? whole.path : root, path);
  return place !== '..' && !place.startsWith(`..${sep}`);
}

function describeAnnexed(told: string, isHere: boolean): string {
  return isHere
    ? `${told}, where git-annex keeps its bytes: “git annex unlock” puts the file itself here`
    : `${told}: git-annex does not have its bytes on this machine; “git annex get” brings them, “git annex unlock” puts the file itself here`;
}

function targetOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return 'something else by now';
  }
}

function endOf(path: string): { path: string } | { fault: string } {
  try {
    return { path: realpathSync(path) };
  } catch (error) {
    const isLoop = errorCode(error) === 'ELOOP';
    return {
      fault: isLoop ? 'which leads back to itself: remove it' : 'where nothing is: fix or remove it',
    };
  }
}
