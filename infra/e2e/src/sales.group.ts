import { together } from './together';

const seconds = (count: number) => `${count / 3_600}`;

together(
  {
    windowSeconds: 30,
    env: {
      PAYOUT_HOURS: seconds(2),
      PAYOUT_UNDATED_HOURS: seconds(40),
      PAYOUT_READ_HOURS: seconds(2),
      DELIVERY_HOURS: seconds(20),
      CLAIM_ANSWER_HOURS: seconds(20),
    },
  },
  ['./faults.sales.test', './marketplace.test', './support.test', './story.test', './money.test', './leaving.test'],
);
