import type { RequestListener } from 'node:http';
import { UPLOAD_PART, type Caller, type TicketBody } from '@ticketing/common';
import { cookieOf } from '@ticketing/common/testing';
import request from 'supertest';
import { Chunks } from '../store';
import { clientOf, concert } from '.';

export const promised = { ...concert, delivery: 'later' };

export const partsIn = (file: Buffer) =>
  Array.from({ length: Math.ceil(file.length / UPLOAD_PART) }, (_, number) =>
    file.subarray(number * UPLOAD_PART, (number + 1) * UPLOAD_PART),
  );

/** Keeps files from being judged until the returned function is called: nothing is read of them. */
export function holdJudging(): () => void {
  const read = Chunks.collection.findOne.bind(Chunks.collection);
  let release: () => void = () => undefined;
  const held = new Promise<void>((go) => (release = go));
  const reading = jest
    .spyOn(Chunks.collection, 'findOne')
    .mockImplementation(async (...asked: Parameters<typeof read>) => held.then(() => read(...asked)));
  return () => {
    reading.mockRestore();
    release();
  };
}

/** The HTTP API of deliveries as a seller calls it. */
export function deliveriesOf(app: () => RequestListener, seller: Caller) {
  const { list } = clientOf(app, seller);
  const http = (method: 'get' | 'put' | 'post' | 'head', path: string, caller = seller) =>
    request(app())[method](`/api/tickets/${path}`).set('Cookie', cookieOf(caller));
  const begin = (id: string, size: number, caller = seller) =>
    http('post', `${id}/delivery/uploads`, caller).send({ size });
  const part = (id: string, upload: string, number: number, content: Buffer, caller = seller) =>
    http('put', `${id}/delivery/uploads/${upload}/parts/${number}`, caller)
      .type('application/octet-stream')
      .send(content);
  const complete = (id: string, upload: string, caller = seller) =>
    http('post', `${id}/delivery/uploads/${upload}/complete`, caller);
  /** An upload with all its parts. */
  async function uploaded(id: string, file: Buffer, caller = seller) {
    const { body } = await begin(id, file.length, caller).expect(201);
    const { id: upload } = body as { id: string };
    for (const [number, content] of partsIn(file).entries())
      await part(id, upload, number, content, caller).expect(204);
    return upload;
  }
  return {
    http,
    begin,
    part,
    complete,
    uploaded,
    listed: async (body: object = promised, caller = seller) =>
      (await list(body, caller).expect(201)).body as TicketBody,
    hand: (id: string, transfer: object, caller = seller) => http('put', `${id}/delivery`, caller).send({ transfer }),
    read: (id: string, caller = seller) => http('get', `${id}/delivery`, caller).buffer(true),
    upload: async (id: string, file: Buffer, caller = seller) => complete(id, await uploaded(id, file, caller), caller),
  };
}
