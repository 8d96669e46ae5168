import { Link } from '@/components/link';
import { supportPerson } from '@/lib/api/support';

/** A link to an account, by its address if auth returned it. */
export async function PersonLink({ id }: { id: string }) {
  const person = await supportPerson(id);
  return <Link href={`/support/people/${id}`}>{person?.email ?? id}</Link>;
}
