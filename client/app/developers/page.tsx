import { describeApi } from '@ticketing/common/contract/openapi';
import type { Metadata } from 'next';
import { Operation } from '@/components/developers/operation';
import { TextsProvider } from '@/components/texts';
import { operationsOf } from '@/lib/developers';
import { getTexts } from '@/texts';

/** The same for everyone, so it is described once, not per request. */
const operations = operationsOf(describeApi());

export async function generateMetadata(): Promise<Metadata> {
  const { developers } = await getTexts();
  return { title: developers.title, description: developers.intro };
}

/** The HTTP API docs, with forms to try it. */
export default async function Developers() {
  const { developers } = await getTexts();
  return (
    <div className="api">
      <h1>{developers.title}</h1>
      <p>{developers.intro}</p>
      <p>
        <a href="/api/openapi.json" className="api-file">
          {developers.file}
        </a>
      </p>
      <TextsProvider texts={{ developers }}>
        {operations.map((operation) => (
          <Operation key={`${operation.method} ${operation.path}`} {...operation} texts={developers} />
        ))}
      </TextsProvider>
    </div>
  );
}
