import { z } from 'zod';
import { CityBody, CountBody, TICKET_SORTS, TicketBody, TicketTotals } from '../api';
import { ReportInput } from '../bodies';
import { ListingInput } from '../listing';
import type { RefusalCode } from '../refusals';
import { Category } from '../statuses';
import { ofPages, pages, type ApiRoute } from './route';

const Day = z.iso.date();
const Time = z.iso.datetime({ offset: true });
const Price = z.number().min(0);

const ofListings: RefusalCode[] = [
  'event-in-past',
  'option-unknown',
  'price-above-cap',
  'price-out-of-range',
  'seat-listed',
  'text-characters',
  'text-length',
  'text-too-long',
  'time-malformed',
  'time-without-zone',
  'time-zone-unknown',
];
const ofOthersListings: RefusalCode[] = [
  'listing-held',
  'listing-not-yours',
  'listing-sold',
  'listing-withdrawn',
  'ticket-not-found',
];

export const tickets: ApiRoute[] = [
  {
    method: 'get',
    path: '/api/tickets',
    summary: 'Tickets for sale',
    query: {
      q: z.string().max(100).meta({ description: 'Beginnings of words in the title, the venue or the city' }),
      category: Category,
      city: z.string().max(100),
      fromDay: Day.meta({ description: 'First day of the event, as the calendar at its venue has it' }),
      toDay: Day.meta({ description: 'Last day of the event' }),
      from: Time.meta({ description: 'Earliest start of the event' }),
      to: Time.meta({ description: 'Latest start of the event' }),
      minPrice: Price,
      maxPrice: Price,
      held: z.enum(['include']).meta({ description: 'Also lists what others hold at the moment' }),
      sort: z.enum(TICKET_SORTS),
      ...pages,
    },
    answers: { 200: z.array(TicketBody) },
    isPaged: true,
    refusals: [
      ...ofPages,
      'day-malformed',
      'option-unknown',
      'price-malformed',
      'price-range-reversed',
      'text-too-long',
      'time-malformed',
      'to-before-from',
    ],
  },
  {
    method: 'get',
    path: '/api/tickets/count',
    summary: 'How many tickets are for sale',
    answers: { 200: CountBody },
  },
  {
    method: 'get',
    path: '/api/tickets/cities',
    summary: 'The cities with most tickets for sale',
    answers: { 200: z.array(CityBody) },
  },
  {
    method: 'get',
    path: '/api/tickets/mine',
    summary: 'My listings, newest first',
    isPrivate: true,
    query: pages,
    answers: { 200: z.array(TicketBody) },
    isPaged: true,
    refusals: ofPages,
  },
  {
    method: 'get',
    path: '/api/tickets/mine/totals',
    summary: 'What my listings add up to',
    isPrivate: true,
    answers: { 200: TicketTotals },
  },
  {
    method: 'get',
    path: '/api/tickets/events',
    summary: 'Listings as they change: events `ticket` and `refetch`',
    query: { ids: z.string().meta({ description: 'Ids of tickets, separated by commas' }) },
    answers: { 200: 'stream' },
    refusals: ['ids-malformed', 'streams-full'],
  },
  {
    method: 'get',
    path: '/api/tickets/{id}',
    summary: 'A ticket',
    answers: { 200: TicketBody },
    refusals: ['ticket-not-found'],
  },
  {
    method: 'post',
    path: '/api/tickets',
    aliases: ['/api/tickets/new'],
    summary: 'List a ticket for sale',
    isPrivate: true,
    body: ListingInput,
    answers: { 201: TicketBody },
    refusals: [...ofListings, 'account-leaving', 'email-unconfirmed'],
  },
  {
    method: 'put',
    path: '/api/tickets/{id}',
    summary: 'Edit my listing',
    isPrivate: true,
    body: ListingInput,
    answers: { 200: TicketBody },
    refusals: [...ofListings, ...ofOthersListings],
  },
  {
    method: 'delete',
    path: '/api/tickets/{id}',
    summary: 'Withdraw my listing',
    isPrivate: true,
    answers: { 204: null },
    refusals: ofOthersListings,
  },
  {
    method: 'get',
    path: '/api/tickets/sellers/{id}',
    summary: 'How many tickets a seller has sold',
    answers: { 200: CountBody },
  },
  {
    method: 'post',
    path: '/api/tickets/{id}/report',
    summary: 'Report a listing that should not be here; no account is needed',
    body: ReportInput,
    answers: { 204: null },
    refusals: ['option-unknown', 'text-characters', 'text-too-long', 'ticket-not-found', 'too-many-reports'],
  },
];
