/** Why nothing is written into a run, and what can be done all the same. */
export const readOnlyWords =
  'This run is read-only: its folder is write-protected or belongs to someone else, and Cairn changes nothing in it. Pins, notes and backups still work: they are kept in Cairn’s own data.';
