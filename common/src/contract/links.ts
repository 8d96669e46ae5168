/** Hosts that are not public: IP addresses, and names without a public suffix. */
const NOT_PUBLIC = /^\[|^[\d.]+$|^[^.]+$|\.(local|localhost|internal|lan|home|test|invalid)$/;

/**
 * A link as a browser would open it; undefined if it is no https link to a public site: `https://bank.com@evil.com`
 * pretends to lead elsewhere, and names in other scripts are shown in ASCII.
 */
export function publicLink(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, href } = new URL(text);
  if (protocol !== 'https:' || username || password || NOT_PUBLIC.test(hostname.replace(/\.$/, ''))) return undefined;
  return href;
}
