const timePart = /(?:^|_)(\d{8}_\d{6})(?=[_.]|$)/;

/** When a version was made as the name of its file tells it, `YYYYmmdd_HHMMSS`; null where it does not. @param name without its folder */
export function timeInName(name: string): string | null {
  return timePart.exec(name)?.[1] ?? null;
}
