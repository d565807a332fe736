/** Folders that are versions, by the words that frameworks have for them; `checkpoint_p0` is one of Sample Factory, and holds versions. */
const folders =
  /^(?:(?:checkpoint|ckpt|(?:global_)?step|saved_model|export|model)?[-_]?\d+(?:_\d+)*|saved_model|export|.+\.ckpt)$/i;
/** Names that a save gives to such a folder. */
const saved = /_reward(?:n?\d+\.\d{4}|n?inf|nan)_[^.]*\d$/;

/** What a version is called by its id: the name of its file, or of the folder that it is. */
export function nameOfVersion(id: string): string {
  const [file = '', folder = '', above = ''] = id.split('/').slice(-3).toReversed();
  // What DeepSpeed saves for Lightning is in a folder of that folder.
  if (folder === 'checkpoint' && above.endsWith('.ckpt')) return above;
  return folders.test(folder) || saved.test(folder) ? folder : file;
}

/** What a version is called where nothing else is: its number, or the name of its file. */
export function numberOrName({ version, id }: { version: number | null; id: string }): number | string {
  return version ?? nameOfVersion(id);
}

/** The same name with the folders that it is in: what tells it from another of that name. */
export function placeOfVersion(id: string): string {
  const name = nameOfVersion(id);
  return id.slice(0, `/${id}/`.lastIndexOf(`/${name}/`) + name.length);
}
