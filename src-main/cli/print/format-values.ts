const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes for people, in powers of 1000. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${units[power]}`;
}

/** A number with four significant decimals; a dash where there is none. */
export function formatNumber(value: number | null): string {
  if (value === null) return '–';
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : value.toFixed(4);
}
