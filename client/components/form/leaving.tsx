'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState, type RefObject } from 'react';
import { useTexts } from '@/components/texts';
import { Dialog } from './dialog';

/** Where within the site a click leads away to, if it does. */
function wayOut(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target || link.origin !== location.origin) return undefined;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return isHere ? undefined : link.pathname + link.search;
}

/** Asks before a link leads away from what is unsaved. */
export function Leaving({ isDirty }: { isDirty: RefObject<boolean> }) {
  const t = useTexts('form');
  const router = useRouter();
  const [way, setWay] = useState<string>();
  useEffect(() => {
    const hold = (event: MouseEvent) => {
      const path = isDirty.current ? wayOut(event) : undefined;
      if (path === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setWay(path);
    };
    document.addEventListener('click', hold, { capture: true });
    return () => {
      document.removeEventListener('click', hold, { capture: true });
    };
  }, [isDirty]);
  const stay = () => {
    setWay(undefined);
  };
  function leave() {
    isDirty.current = false;
    stay();
    if (way) router.push(way);
  }
  return (
    <Dialog title={t.leaveTitle} isOpen={way !== undefined} onClose={stay}>
      <p>{t.leave}</p>
      <div className="dialog-actions">
        <button type="button" className="btn btn-primary" onClick={stay}>
          {t.stay}
        </button>
        <button type="button" className="btn btn-outline-primary" onClick={leave}>
          {t.discard}
        </button>
      </div>
    </Dialog>
  );
}
