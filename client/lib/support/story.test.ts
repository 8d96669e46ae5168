import { subjects, type AuditBody, type StoryEntry } from '@ticketing/common/contract';
import { de } from '@/texts/de';
import { en } from '@/texts/en';
import { momentsOf, sentenceOf, withActions } from './story';

const entry = (subject: string, facts: StoryEntry['facts'], aggregateId = 'a'.repeat(24)): StoryEntry => ({
  ...{ at: '2026-11-26T12:00:00Z', subject, aggregateId, version: 0, trace: 't', by: null, facts },
});

const { sentences } = en.support.story;

test('what changed selects the sentence: by its value, then its name, then the event alone', () => {
  const of = (subject: string, facts: StoryEntry['facts']) => sentenceOf({ subject, facts }, sentences);
  expect(of('order:cancelled', { status: 'cancelled', reason: 'expired' })).toBe(sentences['order:cancelled expired']);
  expect(of('ticket:updated', { deliverBy: null, deliveredAt: '2026-11-26T12:00:00Z' })).toBe(
    sentences['ticket:updated deliveredAt'],
  );
  expect(of('ticket:updated', { heldUntil: null, status: 'available', seq: 2 })).toBe(
    sentences['ticket:updated available'],
  );
  expect(of('order:cancelled', { constructor: 'x' })).toBe(sentences['order:cancelled']);
  expect(of('order:unheard-of', {})).toBeUndefined();
});

test('earlier facts are still known, about the same thing only', () => {
  const [, again, other] = momentsOf([
    entry('message:sent', { kind: 'bought', parkedAt: '2026-11-26T12:00:00Z' }),
    entry('message:sent', { sentAt: '2026-11-26T13:00:00Z', parkedAt: null }),
    entry('payout:paid', { amount: 19 }, 'b'.repeat(24)),
  ]);
  expect(again?.known).toMatchObject({ kind: 'bought', sentAt: '2026-11-26T13:00:00Z', parkedAt: null });
  expect(other?.known).toEqual({ amount: 19 });
  // An action has the order's id, and nothing to do with the order's state.
  const [, action] = momentsOf([entry('order:created', { reason: 'x' }), entry('support:refund', { refusal: 'y' })]);
  expect(action?.known).toEqual({ refusal: 'y' });
});

test("the desk's actions on the listing, the payout and the seller are in order, a refused one once", () => {
  const did = (number: number, action: string, minute: number, refusal: string | null = null): AuditBody => ({
    ...{ number, at: `2026-11-26T12:0${minute}:00Z`, by: 'c'.repeat(24), action, target: 'a'.repeat(24) },
    ...{ reason: 'why', trace: `${action} ${minute}`, refusal, hash: '' },
  });
  const story = withActions(
    [entry('order:created', {}), { ...entry('order:completed', {}), at: '2026-11-26T12:05:00Z' }],
    {
      tickets: [did(3, 'close-reports', 4), did(2, 'withdraw', 3, 'listing-sold'), did(1, 'withdraw', 3)],
      payments: [did(8, 'freeze', 6)],
      users: undefined,
    },
  );
  expect(story.map(({ subject, facts }) => [subject, facts.refusal])).toEqual([
    ['order:created', undefined],
    ['support:withdraw', 'listing-sold'],
    ['order:completed', undefined],
    ['support:freeze-payout', undefined],
  ]);
  for (const { subject } of story)
    expect([sentences, de.support.story.sentences].every((each) => subject in each)).toBe(true);
});

/** The journal hears these; `ticket:withdrawn` is told beside another event. */
const told = Object.keys(subjects).filter(
  (subject) => !/^(user|session|seller):|^message:owed|^ticket:withdrawn/.test(subject),
);

test.each(told)('%s has a sentence in each language', (subject) => {
  for (const { support } of [en, de]) expect(sentenceOf({ subject, facts: {} }, support.story.sentences)).toBeTruthy();
});
