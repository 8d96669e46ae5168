/**
 * The site of a network, as `networkOf` names it: of IPv6 its /48, since who has one usually has all 65,536 networks in it.
 * Undefined for others, which are sites by themselves.
 */
export function siteOf(network: string): string | undefined {
  const [, groups] = /^((?:[0-9a-f]+:){2}[0-9a-f]+):[0-9a-f]+::\/64$/.exec(network) ?? [];
  return groups && `${groups}::/48`;
}
