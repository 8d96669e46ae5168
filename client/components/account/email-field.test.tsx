/** @jest-environment @happy-dom/jest-environment */
import { render } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { noteEmail, takeEmail } from '@/lib/account/typed-email';
import { TextsProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { TypedEmail } from './email-field';

function SignIn({ isSecondStep = false }) {
  return <TextsProvider texts={{ form: en.form }}>{isSecondStep ? null : <TypedEmail label="Email" />}</TextsProvider>;
}

/** The page as the server sent it, before its scripts run. */
function served() {
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderToString(<SignIn />);
  const input = container.querySelector('input');
  if (!input) throw new Error('There is no field');
  return { input, react: () => render(<SignIn />, { container, hydrate: true }) };
}

beforeEach(() => {
  noteEmail('ada@example.test');
});

it('an address typed on the page before is filled in, once', () => {
  const first = served();
  first.react();
  expect(first.input.value).toBe('ada@example.test');
  const second = served();
  second.react();
  expect(second.input.value).toBe('');
});

it('an address is kept for the next page, also over the way back', () => {
  const first = served();
  const { unmount } = first.react();
  first.input.value = 'bob@example.test';
  unmount();
  const second = served();
  second.react().unmount();
  expect(second.input.value).toBe('bob@example.test');
  const third = served();
  third.react();
  expect(third.input.value).toBe('bob@example.test');
});

it('an address is still there after a way back from the second step, and the last one counts', () => {
  const { rerender, container, unmount } = render(<SignIn />);
  const typed = () => container.querySelector('input') as HTMLInputElement;
  for (const address of ['bob@example.test', 'carol@example.test']) {
    typed().value = address;
    rerender(<SignIn isSecondStep />);
    rerender(<SignIn />);
    expect(typed().value).toBe(address);
  }
  unmount();
  expect(takeEmail()).toBe('carol@example.test');
});

it.each([
  ['has typed already', (input: HTMLInputElement) => (input.value = 'bob@example.test'), 'bob@example.test'],
  [
    'is about to type',
    (input: HTMLInputElement) => {
      input.focus();
    },
    '',
  ],
])('whoever %s before the page reacts is left alone', (_, act, value) => {
  const { input, react } = served();
  act(input);
  react();
  expect(input.value).toBe(value);
});
