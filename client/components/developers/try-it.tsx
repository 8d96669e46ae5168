'use client';
import { useId, useState, type SubmitEvent } from 'react';
import { useTexts } from '@/components/texts';
import { addressOf, type ApiOperation } from '@/lib/developers';
import { trial } from '@/lib/trial';

/** Sends an operation as the visitor and shows the response. */
export function TryIt({ method, path, parameters, example }: ApiOperation) {
  const t = useTexts('developers');
  const id = useId();
  const [answer, setAnswer] = useState<string>();
  const [isAsking, setAsking] = useState(false);

  async function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    setAsking(true);
    setAnswer(
      await trial(addressOf(path, parameters, values), method, values.body).catch((error: unknown) => String(error)),
    );
    setAsking(false);
  }

  return (
    <form method="post" onSubmit={send} className="mb-3">
      {parameters.map(({ name, description }) => (
        <div key={name} className="mb-2">
          <label htmlFor={`${id}${name}`} className="form-label">
            <code>{name}</code> {description}
          </label>
          <input id={`${id}${name}`} name={name} className="form-control" />
        </div>
      ))}
      {example !== undefined && (
        <div className="mb-2">
          <label htmlFor={`${id}body`} className="form-label">
            {t.body}
          </label>
          <textarea id={`${id}body`} name="body" className="form-control" rows={6} defaultValue={example} />
        </div>
      )}
      <button type="submit" className="btn btn-outline-primary" disabled={isAsking}>
        {t.send}
      </button>
      <pre role="status" className="mt-2">
        {answer}
      </pre>
    </form>
  );
}
