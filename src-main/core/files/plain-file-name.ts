const longest = 120;

/** A name, without an ending, that every file system takes and that leads nowhere; what it is made of may hold anything. */
export function plainFileName(name: string, otherwise: string): string {
  const plain = name
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(-longest);
  return plain || otherwise;
}

/** The same for each of several: names that would be one, also where capitals make no difference, are numbered. */
export function plainFileNames(names: readonly string[], otherwise: string): string[] {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return names.map((name) => {
    const plain = plainFileName(name, otherwise);
    let own = plain;
    for (let count = next.get(plain.toLowerCase()) ?? 2; taken.has(own.toLowerCase()); count += 1) {
      own = `${plain}-${count}`;
      next.set(plain.toLowerCase(), count + 1);
    }
    taken.add(own.toLowerCase());
    return own;
  });
}
