'use client';
import { useRef, useState, type DragEvent } from 'react';
import { Control } from '@/components/form';
import { useTexts } from '@/components/texts';
import { ACCEPTED, refusalOf } from '@/lib/sell/chosen-file';
import { FilePreview } from './file-preview';

interface FilePickerProps {
  file?: File;
  /** Called with a file that may be sent, or without one. */
  onFile: (file: File | undefined) => void;
}

/** Chooses the ticket's file, by dialog or by dropping it. Reports at once what the API would refuse. */
export function FilePicker({ file, onFile }: FilePickerProps) {
  const t = useTexts('handing');
  const api = useTexts('api');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [refusal, setRefusal] = useState<Awaited<ReturnType<typeof refusalOf>>>();

  async function take(chosen: File | undefined) {
    const found = chosen && (await refusalOf(chosen));
    setRefusal(found);
    if (found && input.current) input.current.value = '';
    onFile(found ? undefined : chosen);
  }
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(is);
  };
  function drop(event: DragEvent) {
    over(false)(event);
    const { files } = event.dataTransfer;
    if (!input.current || files.length === 0) return;
    input.current.files = files;
    input.current.dispatchEvent(new Event('input', { bubbles: true }));
    void take(files[0]);
  }

  return (
    <Control name="file" label={t.choose} hint={t.fileHint}>
      {(ties, invalid) => (
        <div
          className={`drop${isOver ? ' drop-over' : ''}`}
          onDragEnter={over(true)}
          onDragOver={over(true)}
          onDragLeave={over(false)}
          onDrop={drop}
        >
          <p className="drop-hint">{t.drop}</p>
          <input
            {...ties}
            ref={input}
            type="file"
            name="file"
            accept={ACCEPTED}
            className={`form-control${invalid}`}
            onChange={({ target }) => void take(target.files?.[0])}
          />
          <div role="status">{refusal && <p className="invalid-feedback">{api[refusal]}</p>}</div>
          {file && <FilePreview key={`${file.name} ${file.lastModified}`} file={file} />}
        </div>
      )}
    </Control>
  );
}
