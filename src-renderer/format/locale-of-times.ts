/** The language tag that main put into the page; empty for ISO 8601, and where there is no page. */
export const localeOfTimes = globalThis.document?.documentElement.dataset['locale'] ?? '';
