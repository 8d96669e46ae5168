'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState, type RefObject } from 'react';
import { useTexts } from '@/components/texts';
import { clickLeadsTo } from '@/lib/leaving';
import { Dialog } from './dialog';

interface LeavingProps {
  dirtyRef: RefObject<boolean>;
  /** What is lost; by default, changes. */
  words?: string;
}

/** Asks before a link leaves what is not saved. */
export function Leaving({ dirtyRef, words }: LeavingProps) {
  const t = useTexts('form');
  const router = useRouter();
  const [way, setWay] = useState<string>();
  useEffect(() => {
    const hold = (event: MouseEvent) => {
      const path = dirtyRef.current ? clickLeadsTo(event, window.location.href) : undefined;
      if (path === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setWay(path);
    };
    document.addEventListener('click', hold, { capture: true });
    return () => {
      document.removeEventListener('click', hold, { capture: true });
    };
  }, [dirtyRef]);
  const stay = () => {
    setWay(undefined);
  };
  function leave() {
    dirtyRef.current = false;
    stay();
    if (way) router.push(way);
  }
  return (
    <Dialog title={t.leaveTitle} isOpen={way !== undefined} onClose={stay}>
      <p>{words ?? t.leave}</p>
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
