/**
 * The language tag in whose manner dates and times are written, as the system says: on Linux by `LC_TIME`, which Chromium does not read;
 * elsewhere `system`. Empty where it names none that is known: then ISO 8601 it is.
 */
export function localeOfTimes(platform: string, env: NodeJS.ProcessEnv, system: () => string): string {
  const named = platform === 'linux' ? firstOf(env['LC_ALL'], env['LC_TIME'], env['LANG']) : system();
  const tag = named.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0] ?? '';
  } catch {
    // `C`, `POSIX`, or no name of a language at all.
    return '';
  }
}

/** Variables that are empty count as those that are not there. */
function firstOf(...values: (string | undefined)[]): string {
  return values.find((value) => value) ?? '';
}
