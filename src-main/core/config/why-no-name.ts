/** Why a file or a folder of a run is not given this name; null where it may be. */
export function whyNoName(name: string): string | null {
  if (/[/\\\0]/.test(name) || name === '' || name.startsWith('.'))
    return 'it must be a plain name, in no folder';
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return 'it has an unprintable character';
  return Buffer.byteLength(name) > 200 ? 'it is longer than 200 bytes' : null;
}
