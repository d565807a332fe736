/** Folders that are versions, by the words that frameworks have for them; `checkpoint_p0` is one of Sample Factory, and holds versions. */
const folders =
  /^(?:(?:checkpoint|ckpt|(?:global_)?step|saved_model|export|model)?[-_]?\d+(?:_\d+)*|saved_model|export)$/i;
/** Names that a save gives to such a folder. */
const saved = /_reward(?:n?\d+\.\d{4}|n?inf|nan)_[^.]*\d$/;

/** What a version is called by its id: the name of its file, or of the folder that it is. */
export function nameOfVersion(id: string): string {
  const [file = '', folder = ''] = id.split('/').slice(-2).toReversed();
  return folders.test(folder) || saved.test(folder) ? folder : file;
}
