/** A bug to plant: in a file, one text for another. @typedef {{ what: string, file: string, find: string, replace: string }} Mutant */

/** @param {string} file @returns {(what: string, find: string, replace?: string) => Mutant} */
export function plantIn(file) {
  return (what, find, replace = '') => ({ what, file, find, replace });
}
