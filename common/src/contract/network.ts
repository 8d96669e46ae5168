/** The shortest form of an IPv6 address without its zone; undefined if it is not one. Browsers have no `node:net`. */
function shortOf(address: string): string | undefined {
  const url = `http://[${address.replace(/%.*/, '')}]`;
  return /^[\da-f:.]+(%.*)?$/i.test(address) && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

/** The 16-bit groups of an IPv6 address before or after its `::`. */
const groupsOf = (part: string) => (part ? part.split(':') : []);

/**
 * The network of an address, roughly one household or machine: an IPv4 address itself, or the /64 of an IPv6 address,
 * all of which its owner can use.
 */
export function networkOf(address = ''): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const short = shortOf(address);
  if (short === undefined) return address.slice(0, 64);
  const [head = '', tail] = short.split('::');
  const groups = groupsOf(head);
  const missing = tail === undefined ? 0 : 8 - groups.length - groupsOf(tail).length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...groupsOf(tail ?? '')];
  return `${all.slice(0, 4).join(':')}::/64`;
}

/**
 * The site of a network, as `networkOf` names it: for IPv6 its /48, whose owner usually has all 65,536 networks in it.
 * Undefined for others, which are sites by themselves.
 */
export function siteOf(network: string): string | undefined {
  const [, groups] = /^((?:[0-9a-f]+:){2}[0-9a-f]+):[0-9a-f]+::\/64$/.exec(network) ?? [];
  return groups && `${groups}::/48`;
}
