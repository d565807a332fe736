/** In which way a checkpoint is written as another file. */
export interface WayAnew {
  act: 'convert' | 'repair';
  to: 'pt' | 'safetensors';
  slim: boolean;
}

/** What the new file is called without its ending, unless a person says otherwise. @param name of the checkpoint's file */
export function stemAnew(name: string, { act, slim }: WayAnew): string {
  const stem = name.replace(/(?<=.)\.[^.]{1,12}$/, '');
  if (act === 'repair') return `${stem}-repaired`;
  return slim ? `${stem}-slim` : stem;
}
