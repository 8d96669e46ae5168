import { z } from 'zod';
import { AuditBody, DeadLetterBody, ReasonInput } from '../../support';
import { ofPages, pages, type ApiRoute } from '../route';

export const forSupport = { isPrivate: true, isForSupport: true } as const;

const ofService = (base: string): ApiRoute[] => [
  {
    method: 'get',
    path: `${base}/support/audit`,
    summary: 'What the support desk did in this service, or to one document or message of it: newest first',
    ...forSupport,
    query: { ...pages, target: z.string().min(1).max(300).optional() },
    answers: { 200: z.array(AuditBody) },
    isPaged: true,
    refusals: [...ofPages, 'search-unclear'],
  },
  {
    method: 'get',
    path: `${base}/support/deadletters`,
    summary: 'Events that this service could not handle, oldest first: at most a hundred',
    ...forSupport,
    answers: { 200: z.array(DeadLetterBody) },
  },
  {
    method: 'post',
    path: `${base}/support/deadletters/{id}/redrive`,
    summary: 'Have a parked event handled once more',
    ...forSupport,
    body: ReasonInput,
    answers: { 204: null },
    refusals: ['dead-letter-not-found', 'redrive-failed', 'text-characters', 'text-length'],
  },
];

/** What the support desk can do in every service. */
export const supportOfServices = ['/api/users', '/api/tickets', '/api/orders', '/api/payments'].flatMap(ofService);
