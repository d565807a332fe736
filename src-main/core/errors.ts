import type { Failure } from '../../shared/failure.ts';
import { errorCode, explainError } from './files/error-code.ts';

interface Context {
  path?: string | null;
  cause?: unknown;
}

/** Something the ModelManager could not do. `message` is one line: what, why, what to do. Names from the reference. */
export class ModelManagerError extends Error {
  readonly code: Failure['code'] = 'ModelManager';
  readonly path: string | null;

  constructor(message: string, { path = null, cause }: Context = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.path = path;
  }

  /** The middle of the message: why; all of it where it has no such parts. */
  get reason(): string {
    const parts = this.message.split(' — ');
    return parts.length < 3 ? this.message : parts.slice(1, -1).join(' — ');
  }
}

/** Somebody else writes to it, or to what it needs: nothing was done, and later it may be. */
export class RunIsLockedError extends ModelManagerError {}

/** No version, run or file of that name. */
export class ModelNotFoundError extends ModelManagerError {
  override readonly code = 'ModelNotFound';
}

/** A document or an argument that is not what it must be. */
export class ModelValidationError extends ModelManagerError {
  override readonly code = 'ModelValidation';
}

/** The call itself is wrong: not a run folder, an unknown metric, an ambiguous name. */
export class UsageError extends ModelManagerError {
  override readonly code = 'Usage';
}

/** What was thrown, as data for a shell to show; anything unforeseen is a fault of ours. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof ModelManagerError) {
    return { code: thrown.code, message: thrown.message, path: thrown.path };
  }
  if (thrown instanceof Error && 'syscall' in thrown) return systemFailure(thrown);
  return {
    code: 'Unexpected',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    path: null,
  };
}

/** A call to the system that failed where nothing more could be said of it. */
function systemFailure(error: Error): Failure {
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  const message = `cannot ${isWriting(error) ? 'write' : 'read'} ${path ?? 'a file'} — ${explainError(error)} — fix that and try again`;
  return { code: 'ModelManager', message, path };
}

const writingCalls = new Set<unknown>(
  'write fsync ftruncate rename link symlink unlink mkdir rmdir copyfile chmod utime'.split(' '),
);
const writingCodes = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EEXIST', 'EXDEV', 'ENOTEMPTY']);

/** Opening a file tells not what for, but some refusals do. */
function isWriting(error: Error): boolean {
  const isCall = 'syscall' in error && writingCalls.has(error.syscall);
  return isCall || writingCodes.has(errorCode(error) ?? '');
}
