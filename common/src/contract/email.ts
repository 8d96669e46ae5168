/** Characters that are invisible in an address, or never typed on purpose. */
const INVISIBLE = /[\p{DI}\p{C}\p{Z}]/u;
/** RFC 5322's dot-atom, with letters of any script (RFC 6531). */
const LOCAL = /^(?!\.)(?!.*\.\.)(?!.*\.$)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}$/u;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
/** In bytes (RFC 5321). */
const MAX = 254;

/** A domain in its DNS form: `münchen.de` is `xn--mnchen-3ya.de`. Undefined if invalid. */
function asciiDomain(domain: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u.test(domain) || !URL.canParse(`http://${domain}`)) return undefined;
  const { hostname } = new URL(`http://${domain}`);
  return DOMAIN.test(hostname) ? hostname : undefined;
}

/**
 * The normal form of an email address, regardless of case, surrounding blanks and how its domain is written; undefined
 * if it is not an address. Accounts are looked up by it.
 */
export function normalEmail(text: string): string | undefined {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const domain = trimmed.length <= MAX && !INVISIBLE.test(trimmed) ? asciiDomain(trimmed.slice(at + 1)) : undefined;
  const local = trimmed.slice(0, Math.max(at, 0)).normalize('NFC').toLowerCase().normalize('NFC');
  if (domain === undefined || !LOCAL.test(local)) return undefined;
  const email = `${local}@${domain}`;
  return new TextEncoder().encode(email).length <= MAX ? email : undefined;
}
