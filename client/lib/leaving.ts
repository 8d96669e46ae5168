/** The properties of a click that decide whether it navigates this tab. */
type Click = Pick<MouseEvent, 'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'target'>;

/** The local path of a URL, if it is another page of the site than `here`. */
export function otherPage(address: string, here: string): string | undefined {
  const [{ origin, pathname, search, hash }, present] = [new URL(address, here), new URL(here)];
  if (origin !== present.origin || (pathname === present.pathname && search === present.search)) return undefined;
  return pathname + search + hash;
}

/** The path a click on a link leads to in this tab, if it leaves the page at `here`. */
export function clickLeadsTo(click: Click, here: string): string | undefined {
  const { button, metaKey, ctrlKey, shiftKey, altKey, target } = click;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || !(target instanceof Element)) return undefined;
  const link = target.closest<HTMLAnchorElement>('a[href]');
  if (!link || link.hasAttribute('download') || (link.target !== '' && link.target !== '_self')) return undefined;
  return otherPage(link.href, here);
}

/** The path a GET form (a search) leads to, if it leaves the page at `here`. */
export function formLeadsTo({ target }: Pick<SubmitEvent, 'target'>, here: string): string | undefined {
  if (!(target instanceof HTMLFormElement) || target.method !== 'get' || !target.hasAttribute('action'))
    return undefined;
  const address = new URL(target.action, here);
  for (const [name, value] of new FormData(target))
    if (typeof value === 'string') address.searchParams.set(name, value);
  return otherPage(address.href, here);
}
