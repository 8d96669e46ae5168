import { z } from 'zod';
import type { RefusalCode } from '../../refusals';
import { MessageBody, PeopleQueueBody, PersonBody, ReasonInput, SendAgainInput } from '../../support';
import type { ApiRoute } from '../route';
import { forSupport } from './service';

const ofReasons: RefusalCode[] = ['text-characters', 'text-length'];

const onPerson = (action: string, summary: string, refusals: RefusalCode[] = []): ApiRoute => ({
  method: 'post',
  path: `/api/users/support/people/{id}/${action}`,
  summary,
  ...forSupport,
  body: ReasonInput,
  answers: { 200: PersonBody },
  refusals: [...ofReasons, 'own-account', 'user-not-found', ...refusals],
});

/** What the support desk can see and do about accounts and messages. */
export const supportOfPeople: ApiRoute[] = [
  {
    method: 'get',
    path: '/api/users/support/people',
    summary: 'Accounts by an address that they have, had or asked for, or by their id; none if it is neither',
    ...forSupport,
    query: { q: z.string() },
    answers: { 200: z.array(PersonBody) },
  },
  {
    method: 'get',
    path: '/api/users/support/people/{id}',
    summary: 'An account',
    ...forSupport,
    answers: { 200: PersonBody },
    refusals: ['user-not-found'],
  },
  onPerson('freeze', 'Freeze an account: its sessions end, nobody can sign in to it, its owner is not paid', [
    'account-of-staff',
  ]),
  onPerson('unfreeze', 'Let the owner of a frozen account sign in and be paid again'),
  onPerson('confirm', "Take an account's address as confirmed by its owner"),
  onPerson('sessions/end', 'End all sessions of an account, but for one of the support desk', ['account-of-staff']),
  {
    method: 'get',
    path: '/api/users/support/messages',
    summary: 'Messages about an order or an account, or to an account, newest first: at most a hundred',
    ...forSupport,
    query: {
      about: z.string().meta({ description: 'The id of an order or an account' }),
      to: z.string().meta({ description: 'The id of an account; if given, `about` is ignored' }),
    },
    answers: { 200: z.array(MessageBody) },
    refusals: ['id-malformed'],
  },
  {
    method: 'post',
    path: '/api/users/support/messages/send',
    summary: 'Send a message again; links in it are new, and those sent before are void',
    ...forSupport,
    body: SendAgainInput,
    answers: { 200: MessageBody },
    refusals: [...ofReasons, 'message-not-found', 'message-void', 'own-account'],
  },
  {
    method: 'get',
    path: '/api/users/support/queue',
    summary: 'Messages that were given up, oldest first, and how many events are parked',
    ...forSupport,
    answers: { 200: PeopleQueueBody },
  },
];
