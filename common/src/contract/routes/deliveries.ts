import { TicketBody } from '../api';
import { TransferBody, TransferInput, UploadBody, UploadInput } from '../delivery';
import type { RefusalCode } from '../refusals';
import type { ApiRoute } from './route';

const ofHandingOver: RefusalCode[] = [
  'delivery-final',
  'delivery-missed',
  'delivery-void',
  'listing-held',
  'listing-not-yours',
  'listing-withdrawn',
  'ticket-not-found',
];
const UPLOAD = '/api/tickets/{id}/delivery/uploads/{uploadId}';

/** How tickets are handed over. */
export const deliveries: ApiRoute[] = [
  {
    method: 'put',
    path: '/api/tickets/{id}/delivery',
    summary: 'Hand over a link, a code or a note for my listing',
    isPrivate: true,
    body: TransferInput,
    answers: { 200: TicketBody },
    refusals: [
      ...ofHandingOver,
      'content-listed',
      'text-characters',
      'text-too-long',
      'too-many-refused',
      'transfer-empty',
      'transfer-url',
    ],
  },
  {
    method: 'get',
    path: '/api/tickets/{id}/delivery',
    summary: 'What was handed over, for its seller and its buyer: a transfer or a file',
    isPrivate: true,
    answers: { 200: TransferBody },
    files: ['application/pdf', 'image/png', 'image/jpeg', 'application/vnd.apple.pkpass'],
    refusals: ['delivery-not-found'],
  },
  {
    method: 'post',
    path: '/api/tickets/{id}/delivery/uploads',
    summary: 'Begin to upload a file for my listing; an upload that is not finished ends',
    isPrivate: true,
    body: UploadInput,
    answers: { 201: UploadBody },
    refusals: [...ofHandingOver, 'files-full', 'storage-full', 'too-many-uploads', 'upload-size'],
  },
  {
    method: 'get',
    path: UPLOAD,
    summary: 'My upload: which parts have arrived',
    isPrivate: true,
    answers: { 200: UploadBody },
    refusals: ['upload-not-found'],
  },
  {
    method: 'put',
    path: `${UPLOAD}/parts/{part}`,
    summary: 'Upload a part; the same one may be sent again',
    isPrivate: true,
    isBinary: true,
    answers: { 204: null },
    refusals: ['part-size', 'too-many-uploads', 'upload-not-found'],
  },
  {
    method: 'post',
    path: `${UPLOAD}/complete`,
    summary: 'Hand over the uploaded file, once all its parts are there',
    isPrivate: true,
    answers: { 200: TicketBody },
    refusals: [
      ...ofHandingOver,
      'content-listed',
      'file-broken',
      'file-codes',
      'file-encrypted',
      'file-too-large',
      'file-unknown',
      'too-many-refused',
      'too-many-uploads',
      'upload-incomplete',
      'upload-not-found',
    ],
  },
];
