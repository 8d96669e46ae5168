'use client';
import { useRef } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { LocalRefusal } from '@/lib/api/errors';
import { completeExport, exportNames, type Exported } from '@/lib/api/leaving';
import { fill } from '@/texts/fill';

/** Saves a JSON file to the visitor's downloads. */
function save(name: string, content: object) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}

/** Everything the services hold about the visitor, joined into one file. A second try requests only what is missing. */
export function MyData() {
  const t = useTexts('leaving');
  const known = useRef<Exported>({});
  async function download() {
    known.current = await completeExport(known.current);
    const missing = exportNames.filter((name) => !known.current[name]);
    if (missing.length > 0)
      throw new LocalRefusal(fill(t.missing, { parts: missing.map((name) => t.parts[name]).join(', ') }));
    save(`ticketing-export-${new Date().toISOString().slice(0, 10)}.json`, known.current);
    known.current = {};
  }
  return (
    <>
      <p>{t.data}</p>
      <Form send={download} done={t.downloaded}>
        <Submit busy={t.downloading} className="btn btn-outline-primary w-100">
          {t.download}
        </Submit>
      </Form>
    </>
  );
}
