import { commonPasswords } from '../commonPasswords';
import { refuseGuessable } from './password';

const judge = (password: string, email = 'ann.miller@test.com') => {
  refuseGuessable(password, email, commonPasswords);
};

test('there are ten thousand common passwords, all long enough to be accepted', () => {
  expect(commonPasswords.size).toBe(10_000);
  expect([...commonPasswords].filter((one) => one.length < 8 || one !== one.toLowerCase())).toEqual([]);
});

test.each(['password', 'PassWord', '12345678', 'iloveyou', 'Qwertyuiop'])(
  '%j is among the first guesses',
  (password) => {
    expect(() => judge(password)).toThrow(expect.objectContaining({ code: 'password-common' }) as Error);
  },
);

test.each(['Ann.Miller@Test.com', 'ANN.MILLER', 'ticketing', 'Ticketing2026!', '1234 TICKETING'])(
  '%j is a first guess for anyone who knows the account or the site',
  (password) => {
    expect(() => judge(password)).toThrow(expect.objectContaining({ code: 'password-guessable' }) as Error);
  },
);

test('a local part is compared in its normal form, as are passwords', () => {
  expect(() => judge('Mu\u0308ller-Ann', 'm\u00fcller-ann@test.com')).toThrow();
});

test.each(['correct horse', 'ann.miller likes owls', 'the ticketing site', '73915846', 'test.com'])(
  '%j is not a first guess',
  (password) => {
    expect(() => judge(password)).not.toThrow();
  },
);
