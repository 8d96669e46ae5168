'use client';
import { useEffect, useState } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { formatSize, kindOf, type FileKind } from '@/lib/sell/chosen-file';

interface Shown {
  kind?: FileKind;
  /** As a data URL, if it is an image. */
  picture?: string;
}

async function read(file: File): Promise<Shown> {
  const kind = await kindOf(file);
  if (kind !== 'image') return { kind };
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve({ kind, picture: typeof reader.result === 'string' ? reader.result : undefined });
    };
    reader.onerror = () => {
      resolve({ kind });
    };
    reader.readAsDataURL(file);
  });
}

/** A chosen file: its picture or kind, its name and size. */
export function FilePreview({ file }: { file: File }) {
  const t = useTexts('handing');
  const { locale } = useReader();
  const [shown, setShown] = useState<Shown>({});
  useEffect(() => {
    let isCurrent = true;
    void read(file).then((found) => {
      if (isCurrent) setShown(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [file]);
  const { kind, picture } = shown;
  return (
    <figure className="chosen-file">
      {picture ? <img src={picture} alt={t.preview} /> : <span aria-hidden>{kind === 'pass' ? 'PASS' : 'PDF'}</span>}
      <figcaption>
        <bdi>{file.name}</bdi>
        <small>
          {kind && `${t.kinds[kind]}, `}
          {formatSize(file.size, locale)}
        </small>
      </figcaption>
    </figure>
  );
}
