import type { Companion, CompanionNaming } from './layout.ts';

const endingOfModel = /(?:\.pth?\.tar|\.[^./]+)(?:\.gz)?$/;

/**
 * Companions under the name of a version that a save gave it, `{stem}.{kind}.pkl`: no framework's way of naming them fits that.
 * @param kinds those that frameworks have
 */
export function savedCompanions(kinds: CompanionNaming['kinds']): CompanionNaming {
  const ofCompanion = new RegExp(`^(.+)\\.(${[...kinds.keys()].join('|')})\\.pkl$`, 's');
  return {
    kinds,
    companionOf: (name: string): Companion | null => {
      const [, stem, kind] = (name.endsWith('.pkl') && ofCompanion.exec(name)) || [];
      return stem === undefined || kind === undefined ? null : { kind, stem };
    },
    companionsOf: (model) => {
      const stem = model.replace(endingOfModel, '');
      return [...kinds.keys()].map((kind) => `${stem}.${kind}.pkl`);
    },
    atStep: () => null,
    familyOf: () => null,
  };
}
