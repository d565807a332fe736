const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu;

/** A name from the disk as text for a sentence: control and direction characters shown as escapes, long ones cut. */
export function escapeName(name: string, limit = 120): string {
  const text = name.replace(
    unsafe,
    (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
