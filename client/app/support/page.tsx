import type { Metadata } from 'next';
import { Desk } from '@/components/support/desk';
import { Queue } from '@/components/support/queue';
import { Results } from '@/components/support/results';
import { Search } from '@/components/support/search';
import { findAll, supportQueue } from '@/lib/api/support';
import { requireSupport } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

interface Props {
  searchParams: Promise<{ q?: string | string[] }>;
}

async function askedBy({ searchParams }: Props) {
  const { q } = await searchParams;
  const text = (Array.isArray(q) ? q[0] : q)?.trim().slice(0, 300) || undefined;
  await requireSupport(text ? `/support?q=${encodeURIComponent(text)}` : '/support');
  return text;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  await askedBy(props);
  return { title: (await getTexts()).support.title, robots: 'noindex' };
}

/** The support desk: what waits for a person, or what was found. */
export default async function Support(props: Props) {
  const q = await askedBy(props);
  const [{ support: t }, found, queues] = await Promise.all([
    getTexts(),
    q ? findAll(q) : undefined,
    q ? undefined : supportQueue(),
  ]);
  return (
    <Desk title={q ? fill(t.search.titleFor, { q }) : t.title} here="queue">
      <Search q={q} />
      {found && <Results found={found} />}
      {queues && <Queue queues={queues} />}
    </Desk>
  );
}
