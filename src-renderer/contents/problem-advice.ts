const pointers: ReadonlyMap<string, string> = new Map([
  ['lfs-pointer', 'Run “git lfs pull” where the file is: that fetches the model itself.'],
  ['annex-link', 'Run “git annex get” where the file is: that fetches the model itself.'],
]);
const byFormat: ReadonlyMap<string, string> = new Map([
  ...pointers,
  ['unknown', 'Open a checkpoint instead: a file that training saved, such as .pt, .safetensors or .zip.'],
]);

/** Whether a file stands for a model that is elsewhere. */
export const isPointer = (format: string): boolean => pointers.has(format);

/** What to do about a file that something is wrong with. */
export function problemAdvice(format = ''): string {
  return byFormat.get(format) ?? 'Copy it again from where it came, or go on with a version that is whole.';
}
