/** What a run's log may say was done to it. A log may also have lines of an older or newer Cairn. */
export type SingleCommand =
  | 'save'
  | 'prune'
  | 'trash'
  | 'undo'
  | 'empty trash'
  | 'empty trash (its limits)'
  | 'backup'
  | 'verify backups'
  | 'delete backup'
  | 'delete backup (their limits)'
  | 'restore'
  | 'seal'
  | 'pin'
  | 'unpin'
  | 'tag'
  | 'note'
  | 'unmark'
  | 'choose'
  | 'export'
  | 'benchmark'
  | 'prune (retention)'
  | 'recover'
  | 'recover (save)'
  | 'recover (prune)'
  | 'recover (trash)'
  | 'recover (restore)'
  | 'recover (undo)'
  | 'recover (benchmark)'
  | 'set aside';

/** Several at once are joined: `pin+tag`. */
export type LoggedCommand = SingleCommand | `${SingleCommand}+${string}`;
