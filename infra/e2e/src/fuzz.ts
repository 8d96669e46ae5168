import { Agent, request } from 'node:http';
import type { OrderBody, TicketBody } from '@ticketing/common';
import fc from 'fast-check';
import { manifest, routed } from '@ticketing/local';
import { eventually } from './eventually';
import type { Known } from './fuzzRoutes';
import { shots, type Shot } from './fuzzShots';
import { BYTES } from './fuzzWords';
import { Person } from './people';

/** Maximum response time, in milliseconds. */
const PATIENCE = 5_000;
const TOO_LATE = `no answer after ${PATIENCE} ms`;
const AT_ONCE = 8;
/** Paths whose errors have the API's form. */
const API = new RegExp(`^(${routed.flatMap((service) => manifest[service].routes).join('|')})(?![^/?])`);

/** A request the system mishandled, and what happened. */
export interface Fault {
  shot: Shot;
  outcome: string;
}

/** Problems of an API error response; it must not reveal internals. */
function wrongErrors(body: string): string | undefined {
  try {
    const { errors } = JSON.parse(body) as { errors?: { message?: unknown }[] };
    if (errors?.length && errors.every(({ message }) => typeof message === 'string')) return undefined;
  } catch {
    // Reported below.
  }
  return `errors in another form: ${body.slice(0, 100)}`;
}

const UPLOADS = 3;

/** The ids that a seller and a buyer know after selling, handing over, claiming, and starting one of everything. */
export async function acquaint(url: string): Promise<Known> {
  const [seller, buyer] = await Promise.all([Person.signUp(url), Person.signUp(url)]);
  const [listed, held, sold, claimed] = (await Promise.all(
    ['listed', 'held', 'sold', 'claimed'].map((what) => seller.list(`Fuzz, ${what}`, 10)),
  )) as [TicketBody, TicketBody, TicketBody, TicketBody];
  await seller.handOver(sold.id, { note: 'Ask at the entrance.' });
  const uploads = await Promise.all(
    Array.from({ length: UPLOADS }, () => seller.begin(listed.id, Buffer.byteLength(BYTES))),
  );
  const order = await buyer.hold(held.id);
  const bought = await Promise.all([sold, claimed].map(({ id }) => buy(buyer, id)));
  await buyer.claim(bought[1]?.id ?? '', { reason: 'not-admitted', text: 'Nobody knew the code.' });
  return {
    cookies: [seller.session, buyer.session],
    tickets: [listed, held, sold, claimed].map(({ id }) => id),
    orders: [order, ...bought].map(({ id }) => id),
    uploads: uploads.map(({ id }) => id),
    people: [order.userId, sold.userId],
    passes: bought.map(({ pass = '' }) => pass),
  };
}

/** The order of a buyer who has bought a ticket. */
async function buy(buyer: Person, ticketId: string): Promise<OrderBody> {
  const { id } = await buyer.hold(ticketId);
  await buyer.pay(id);
  return eventually(async () => {
    const order = await buyer.order(id);
    if (!order.pass) throw new Error('There is no pass yet');
    return order;
  });
}

/** Sends a request; returns what was wrong with the response, or undefined. A stream counts as soon as it is open. */
function send(url: URL, agent: Agent, { method, path, headers, body }: Shot): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { hostname, port } = url;
    const length = Buffer.byteLength(body);
    const sent = request({ hostname, port, agent, method, path, headers: { ...headers, 'content-length': length } });
    const end = (outcome?: string) => {
      clearTimeout(timer);
      resolve(outcome);
      sent.destroy();
    };
    const timer = setTimeout(() => end(TOO_LATE), PATIENCE);
    sent.on('error', (error) => end(error.message));
    sent.on('response', (answer) => {
      const { statusCode = 0 } = answer;
      if (statusCode >= 500) return end(String(statusCode));
      if (answer.headers['content-type']?.startsWith('text/event-stream')) return end();
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () =>
        end(statusCode >= 400 && API.test(path) && method !== 'HEAD' ? wrongErrors(text) : undefined),
      );
    });
    sent.end(body);
  });
}

/** Sends generated requests to a system, the same ones for the same seed, and returns the faults found. */
export async function fuzz(address: string, known: Known, { requests, seed }: { requests: number; seed: number }) {
  const faults: Fault[] = [];
  const url = new URL(address);
  const agent = new Agent({ keepAlive: false });
  const waiting = fc.sample(shots(known), { numRuns: requests, seed });
  const work = async () => {
    for (let shot = waiting.pop(); shot; shot = waiting.pop()) {
      const outcome = await send(url, agent, shot);
      if (outcome) faults.push({ shot, outcome });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return again(faults, (shot) => send(url, agent, shot));
}

/** A busy machine responds late: late requests are sent again, one at a time, and count if they are late twice. */
async function again(faults: Fault[], send: (shot: Shot) => Promise<string | undefined>): Promise<Fault[]> {
  const confirmed: Fault[] = [];
  for (const fault of faults) {
    const outcome = fault.outcome === TOO_LATE ? await send(fault.shot) : fault.outcome;
    if (outcome) confirmed.push({ ...fault, outcome });
  }
  return confirmed;
}
