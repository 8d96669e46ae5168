'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '@/components/texts';
import { deliveriesOf, handOverTransfer } from '@/lib/api/deliveries';
import { LocalRefusal } from '@/lib/api/errors';
import { keepUpload, keptUpload } from '@/lib/sell/chosen-file';
import { toTransfer } from '@/lib/sell/handing-over';
import type { ListingValues } from '@/lib/sell/listing';
import { uploadFile } from '@/lib/sell/upload';

/** Hands over a form's content, and reports the progress of an upload: 0 to 1, undefined if there is none. */
export function useHandOver(ticketId: string) {
  const t = useTexts('handing');
  const [progress, setProgress] = useState<number>();
  const cancelling = useRef(new AbortController());
  useEffect(
    () => () => {
      cancelling.current.abort();
    },
    [],
  );

  async function upload(file: File): Promise<TicketBody> {
    cancelling.current = new AbortController();
    const { signal } = cancelling.current;
    try {
      return await uploadFile(file, deliveriesOf(ticketId), {
        signal,
        known: keptUpload(ticketId, file),
        onBegun: (id) => {
          keepUpload(ticketId, id, file);
        },
        onProgress: (bytes) => {
          setProgress(bytes / file.size);
        },
      });
    } catch (error) {
      throw signal.aborted ? new LocalRefusal(t.cancelled) : error;
    } finally {
      setProgress(undefined);
    }
  }
  return {
    progress,
    cancel: () => {
      cancelling.current.abort();
    },
    handOver: (values: ListingValues, file: File | undefined) =>
      file && values.content !== 'transfer' ? upload(file) : handOverTransfer(ticketId, toTransfer(values)),
  };
}
