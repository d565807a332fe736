interface TrustedTypePolicies {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): unknown;
}

/**
 * The default Trusted Types policy: Mantine's `<style>` elements set innerHTML to CSS, so text without `<` may pass.
 * Anything that could become an element throws, and no script may be made from text at all.
 */
export function allowPlainTextOnly(): void {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypePolicies };
  trustedTypes?.createPolicy('default', { createHTML: refuseMarkup });
}

export function refuseMarkup(text: string): string {
  if (text.includes('<')) throw new TypeError('Markup may not be set as HTML in this page.');
  return text;
}
