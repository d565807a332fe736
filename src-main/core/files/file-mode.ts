/** Read once: it is the process's. */
const umasked = 0o666 & ~process.umask();
/** What a file has that follows no other: nobody else may write to it, whatever the umask. */
const usualMode = 0o644 & umasked;

/**
 * The permission bits of a file that is about to get its name: nobody may open it who could not open its source, or the file
 * that it replaces; its owner may read it. Null for one that is not known.
 */
export function modeOfNew(source: number | null, replaced: number | null): number {
  const mode = source === null || replaced === null ? (replaced ?? source) : source & replaced;
  return (mode ?? usualMode) | 0o400;
}

/** What is made for a person elsewhere: as the umask makes new files, but nobody reads it who could not read the file that it is made of. */
export function modeOfMade(source = 0o666): number {
  return umasked & (source | 0o600);
}

/** That of a sidecar: of the one it replaces, else of the model that it tells of, which it is no program with. */
export function modeOfSidecar(model: number, replaced: number | null): number {
  return replaced ?? model & 0o666;
}
