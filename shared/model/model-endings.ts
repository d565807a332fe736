/** The usual endings of files that hold models, in lower case and without the dot. */
export const modelEndings: readonly string[] = [
  'pt',
  'pth',
  'ckpt',
  'safetensors',
  'zip',
  'pt.tar',
  'pth.tar',
];

/** Whether a file is called as those are that hold models, whatever is in it. */
export function hasModelEnding(name: string): boolean {
  const lower = name.toLowerCase();
  return modelEndings.some((ending) => lower.endsWith(`.${ending}`));
}
