import { TransferInput } from './delivery';

const transferred = (transfer: object) => TransferInput.safeParse({ transfer });

test.each(['\u200b', ' \u2800 ', '\u00ad\u3164', ''])('refuses to hand over %j: it is invisible', (text) => {
  for (const name of ['code', 'note'])
    expect(transferred({ [name]: text }).error?.issues).toMatchObject([{ message: 'transfer-empty' }]);
  expect(transferred({ code: 'ABC', note: text }).data?.transfer).toEqual({ url: null, code: 'ABC', note: null });
});
