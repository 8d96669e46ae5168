/** @jest-environment @happy-dom/jest-environment */
import { fireEvent, render, screen } from '@testing-library/react';
import { TextsProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { PasswordField } from './password';

it('a password is masked until its owner wants to see it, and may be pasted or filled in by a password manager', () => {
  render(
    <TextsProvider texts={{ form: en.form }}>
      <PasswordField name="password" label="Password" autoComplete="new-password" />
    </TextsProvider>,
  );
  const input = screen.getByLabelText<HTMLInputElement>('Password');
  expect([input.type, input.autocomplete, input.maxLength]).toEqual(['password', 'new-password', -1]);
  expect(fireEvent.paste(input, { clipboardData: { getData: () => 'correct horse' } })).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: en.form.showPassword }));
  expect(input.type).toBe('text');
});
