import { errorCode } from '../files/error-code.ts';

/** What is of use to nobody any more, and why it is there all the same; `path` is absolute. */
export interface Litter {
  path: string;
  error: unknown;
}

/**
 * Removes what is of use to nobody. Where that cannot be, as where somebody has a file of it open, it takes room and holds up nobody: the next
 * operation tries again.
 * @returns what stays of it: nothing once it is gone
 * @throws what is no error of the system
 */
export async function removeLitter(
  path: string,
  remove: (path: string) => Promise<unknown>,
): Promise<Litter[]> {
  try {
    await remove(path);
    return [];
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return [{ path, error }];
  }
}
