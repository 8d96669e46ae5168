import type { Metadata } from 'next';
import { Desk } from '@/components/support/desk';
import { ParkedEvents } from '@/components/support/parked-events';
import { Panel, Told } from '@/components/support/part';
import { parkedEvents } from '@/lib/api/support';
import { requireSupport } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  await requireSupport('/support/events');
  return { title: (await getTexts()).support.events.title, robots: 'noindex' };
}

/** The events that services could not handle, oldest first. */
export default async function SupportEvents() {
  await requireSupport('/support/events');
  const [{ support: t }, parked] = await Promise.all([getTexts(), parkedEvents()]);
  return (
    <Desk title={t.events.title} here="events">
      <p>{t.events.lead}</p>
      {parked.map(({ service, letters }) => (
        <Panel key={service} id={service} title={t.services[service]}>
          <Told part={letters} by={service} none={t.events.none}>
            {(known) => <ParkedEvents service={service} letters={known} />}
          </Told>
        </Panel>
      ))}
    </Desk>
  );
}
