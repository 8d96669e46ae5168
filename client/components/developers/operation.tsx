import type { ApiOperation } from '@/lib/developers';
import type { Texts } from '@/texts/types';
import { TryIt } from './try-it';

/** One API operation: its input, its responses, and a form to send it. */
export function Operation({ texts, ...operation }: ApiOperation & { texts: Texts['developers'] }) {
  const { method, path, summary, isPrivate, responses } = operation;
  return (
    <details className="mb-2">
      <summary>
        <code>
          {method} {path}
        </code>{' '}
        {summary}
      </summary>
      {isPrivate && <p>{texts.isPrivate}</p>}
      <TryIt {...operation} />
      <h2 className="h5">{texts.answers}</h2>
      <dl>
        {responses.map(({ status, description }) => (
          <div key={status}>
            <dt>{status}</dt>
            <dd className="api-answers">{description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
