import { setNonce } from 'get-nonce';

/** The nonce of this load, which the app:// handler put into the page; styles made at run time must carry it. */
export function readStyleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  setNonce(nonce);
  return nonce;
}
