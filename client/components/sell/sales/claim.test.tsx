/** @jest-environment @happy-dom/jest-environment */
import type { ClaimBody } from '@ticketing/common/contract';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { ReaderProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { AnswerOver, Claim } from './claim';

const { form, api, sales } = en;
const claim: ClaimBody = {
  reason: 'not-admitted',
  status: 'open',
  text: 'I was sent away.',
  openedAt: '2026-11-01T10:00:00.000Z',
  answerBy: '2026-11-03T10:00:00.000Z',
  answer: null,
  answeredAt: null,
  decidedAt: null,
};
const shown = (children: React.ReactNode) => (
  <AppRouterContext value={{} as AppRouterInstance}>
    <ReaderProvider locale="en-US" texts={{ form, api, sales }}>
      {children}
    </ReaderProvider>
  </AppRouterContext>
);
const typed = () => screen.getByLabelText<HTMLTextAreaElement>(sales.claim.answer);

afterEach(cleanup);

test('an answer that was begun is there again, until there is nothing left to answer', () => {
  const open = <Claim orderId="a" claim={claim} />;
  const { rerender } = render(shown(open));
  fireEvent.input(typed(), { target: { value: 'It was' } });
  rerender(shown(null));
  rerender(shown(open));
  expect(typed().value).toBe('It was');
  rerender(shown(<AnswerOver orderId="a" />));
  expect(sessionStorage).toHaveLength(0);
  rerender(shown(open));
  fireEvent.input(typed(), { target: { value: 'It was' } });
  rerender(shown(<Claim orderId="a" claim={{ ...claim, status: 'refund' }} />));
  expect(sessionStorage).toHaveLength(0);
});
