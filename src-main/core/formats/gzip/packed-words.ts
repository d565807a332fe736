/** What keeps a file that is packed from being loaded, and what to do. */
export const packedWords =
  'packed by gzip: torch.load cannot read it as it is, but through gzip.open, or unpacked (gunzip -k)';

/** Whether a file is packed, by its name. */
export const isPackedName = (name: string): boolean => /\.gz$/i.test(name);
