import { invisible } from './invisible.ts';

/** The shells that a command is written for: those of POSIX systems, and PowerShell. */
export type Shell = 'posix' | 'powershell';

const plain = /^[\w@%+=:,./-]+$/;
const hidden = new RegExp(invisible.source);

/**
 * A word as a shell reads it back, letter by letter. What would hide, or turn the text round, is written as an escape: what is seen
 * is what runs.
 */
export function quoteWord(word: string, shell: Shell): string {
  if (plain.test(word)) return word;
  if (shell === 'powershell') return quoteForPowerShell(word);
  return hidden.test(word) ? `$'${mapLetters(word, escapeForPosix)}'` : `'${word.replaceAll("'", "'\\''")}'`;
}

function mapLetters(word: string, write: (letter: string) => string): string {
  return Array.from(word, write).join('');
}

/** For `$'…'`, which bash, zsh, ksh and POSIX 2024 read; in bytes, so that no locale matters. */
function escapeForPosix(letter: string): string {
  if (/['\\]/.test(letter)) return `\\${letter}`;
  if (!hidden.test(letter)) return letter;
  return encodeURIComponent(letter).replace(/%(..)/g, (_, hex) => octal(Number.parseInt(hex, 16)));
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** PowerShell takes curly quotes for straight ones. */
function quoteForPowerShell(word: string): string {
  if (!hidden.test(word)) return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  return `"${mapLetters(word, (letter) => {
    if (hidden.test(letter)) return `$([char]0x${letter.charCodeAt(0).toString(16)})`;
    return /["`$\u201c-\u201e]/.test(letter) ? `\`${letter}` : letter;
  })}"`;
}
