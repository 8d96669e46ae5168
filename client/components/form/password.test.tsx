/** @jest-environment @happy-dom/jest-environment */
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { TextsProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { PasswordField } from './password';

const show = (autoComplete: 'current-password' | 'new-password') => {
  render(
    <TextsProvider texts={{ form: en.form }}>
      <PasswordField name="password" label="Password" autoComplete={autoComplete} />
    </TextsProvider>,
  );
  return screen.getByLabelText<HTMLInputElement>('Password');
};

it('a password is masked until its owner wants to see it, and may be pasted or filled in by a password manager', () => {
  const input = show('new-password');
  expect([input.type, input.autocomplete, input.maxLength]).toEqual(['password', 'new-password', -1]);
  expect(fireEvent.paste(input, { clipboardData: { getData: () => 'correct horse' } })).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: en.form.showPassword }));
  expect(input.type).toBe('text');
});

it('shows how hard a new password is to guess, but not for an existing one', () => {
  fireEvent.input(show('new-password'), { target: { value: 'abc' } });
  const [weak] = screen.getAllByRole<HTMLMeterElement>('meter');
  expect([weak?.value, weak?.parentElement?.textContent?.trim()]).toEqual([1, en.form.strengths.weak]);
  fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'a staple of Batteries, 9 horses' } });
  expect(screen.getByRole('meter').parentElement?.textContent?.trim()).toBe(en.form.strengths.strong);
  cleanup();
  fireEvent.input(show('current-password'), { target: { value: 'abc' } });
  expect(screen.queryByRole('meter')).toBeNull();
});
