'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useEffect, useRef, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import type { ListingValues } from '@/lib/sell/listing';
import { ContentFields, useContentChecks } from './content-fields';
import { useHandOver } from './use-hand-over';

/** What a seller has chosen to hand over. */
export interface Chosen {
  values: ListingValues;
  file?: File;
}

interface HandOverProps {
  ticket: Pick<TicketBody, 'id' | 'deliveredAt'>;
  onHandedOver: (ticket: TicketBody) => void;
  /** Chosen earlier: it is sent at once. */
  chosen?: Chosen;
}

function Progress({ progress, onCancel }: { progress: number; onCancel: () => void }) {
  const t = useTexts('handing');
  const { locale } = useReader();
  const isThere = progress === 1;
  return (
    <div className="upload">
      <p role="status">{isThere ? t.checking : t.uploading}</p>
      <div className="upload-row">
        <progress value={isThere ? undefined : progress} aria-label={t.uploading} />
        <span>{progress.toLocaleString(locale, { style: 'percent' })}</span>
      </div>
      {!isThere && (
        <button type="button" className="btn btn-outline-primary" onClick={onCancel}>
          {t.cancel}
        </button>
      )}
    </div>
  );
}

/** The form that hands over a listing's ticket, or replaces it. */
export function HandOver({ ticket, onHandedOver, chosen }: HandOverProps) {
  const t = useTexts('handing');
  const frame = useRef<HTMLDivElement>(null);
  const [file, setFile] = useState(chosen?.file);
  const checks = useContentChecks(file);
  const { progress, cancel, handOver } = useHandOver(ticket.id);
  const [isSentAtOnce] = useState(chosen !== undefined);
  useEffect(() => {
    if (!isSentAtOnce) return;
    const timer = setTimeout(() => frame.current?.querySelector('form')?.requestSubmit());
    return () => {
      clearTimeout(timer);
    };
  }, [isSentAtOnce]);
  return (
    <div ref={frame}>
      <Form
        send={async (values) => {
          onHandedOver(await handOver(values, file));
        }}
        checks={checks}
        draft={`delivery ${ticket.id}`}
        className={progress === undefined ? undefined : 'is-uploading'}
      >
        <ContentFields known={chosen?.values} file={file} onFile={setFile} />
        {progress !== undefined && <Progress progress={progress} onCancel={cancel} />}
        <Submit busy={t.sending} className="btn btn-primary btn-lg">
          {ticket.deliveredAt ? t.replace : t.send}
        </Submit>
      </Form>
    </div>
  );
}
