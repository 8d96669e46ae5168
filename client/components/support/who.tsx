import { Link } from '@/components/link';
import { supportPerson } from '@/lib/api/support';
import { getTexts } from '@/texts';

interface WhoProps {
  /** An account; null if nobody did it. Decisions by command name someone otherwise. */
  id: string | null;
  /** The sides of the order in question. */
  order?: { userId: string; sellerId: string } | null;
  /** The visitor's own account. */
  visitor: string;
}

/** Who did something: one of an order's sides, the visitor, an account by its address, or the system. */
export async function Who({ id, order, visitor }: WhoProps) {
  const { story: t } = (await getTexts()).support;
  if (id === null) return t.itself;
  if (!/^[0-9a-f]{24}$/.test(id)) return <bdi>{id}</bdi>;
  const side = id === order?.userId ? t.buyer : id === order?.sellerId ? t.seller : id === visitor ? t.you : undefined;
  return <Link href={`/support/people/${id}`}>{side ?? (await supportPerson(id))?.email ?? id}</Link>;
}
