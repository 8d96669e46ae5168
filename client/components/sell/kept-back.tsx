'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useReader } from '@/components/texts';
import type { Texts } from '@/texts/types';
import { fill } from '@/texts/fill';

type Words = Texts['listings']['keptBack'];

const reasonOf = (why: string, words: Words['withdrawn']): string =>
  why === 'account-frozen' ? words[why] : fill(words.support, { why });

/** Tells a seller why the support desk withdrew their listing, or why its description is hidden. */
export function KeptBack({ ticket: { review, withdrawnFor }, words }: { ticket: TicketBody; words: Words }) {
  const { locale } = useReader();
  if (withdrawnFor) return <p dir="auto">{reasonOf(withdrawnFor, words.withdrawn)}</p>;
  if (!review) return null;
  const found = new Intl.ListFormat(locale).format(review.found.map((kind) => words.found[kind]));
  return (
    <p dir="auto">
      {found ? fill(words[review.status], { found }) : words.hiddenByUs}
      {review.reason && ` ${fill(words.why, { why: review.reason })}`}
    </p>
  );
}
