import { accountRefusals } from './accountRefusals';
import { paymentRefusals } from './paymentRefusals';
import { supportRefusals } from './supportRefusals';

/**
 * Every refusal: a stable code → HTTP status and message. Names in braces are the response's `params`. Clients
 * translate by code; messages are for developers.
 */
export const refusals = {
  // Any service
  'body-charset': { status: 415, message: 'The character set of the body is not supported: use UTF-8' },
  'body-encoding': { status: 415, message: 'The encoding of the body is not supported' },
  'body-incomplete': { status: 400, message: 'The body is incomplete' },
  'body-length': { status: 400, message: 'The body does not match its Content-Length' },
  'body-not-json': { status: 400, message: 'The body is not valid JSON' },
  'body-too-large': { status: 413, message: 'The body is larger than {limit}' },
  broken: { status: 500, message: 'Something went wrong on our side. Try again in a moment.' },
  'changes-waiting': { status: 503, message: 'Too many changes are waiting to be published. Try again in a moment.' },
  conflict: { status: 409, message: 'Someone else changed this at the same time. Reload it and try again.' },
  'email-unconfirmed': {
    status: 403,
    message: 'Confirm your email address first: open the link we sent, or request a new one',
  },
  'other-site': { status: 403, message: 'This request came from another site. Open this one and try again.' },
  'outcome-unknown': {
    status: 503,
    message: 'The outcome of this request is unknown. Check the current state before you try again.',
  },
  'request-unreadable': { status: 400, message: 'The request cannot be read' },
  'route-not-found': { status: 404, message: 'Route not found' },
  'sign-in-first': { status: 401, message: 'Not authorized: sign in first' },
  'streams-full': { status: 503, message: 'Too many live update streams. Reload, and try again later.' },
  'too-many-exports': { status: 429, message: 'Too many exports of your data: try again later' },
  'too-many-requests': { status: 429, message: 'Too many requests from your network. Try again in a moment.' },
  unavailable: { status: 503, message: 'Temporarily unavailable. Try again in a moment.' },

  // Invalid fields
  'cursor-unknown': { status: 400, message: 'cursor must come from a Link header of the same search' },
  'day-malformed': { status: 400, message: '{field} must be a day, such as 2026-11-21' },
  'id-malformed': { status: 400, message: '{field} must be an id with 24 hexadecimal digits' },
  'ids-malformed': { status: 400, message: 'ids must be up to {max} ticket ids, separated by commas' },
  'limit-out-of-range': { status: 400, message: 'limit must be from 1 to {max}' },
  'option-unknown': { status: 400, message: '{field} must be one of {options}' },
  'price-malformed': {
    status: 400,
    message: '{field} must be a price with at most {decimals} decimals, such as {price}',
  },
  'price-above-cap': { status: 400, message: 'Price must be at most {max}, {percent} percent of the face value' },
  'price-out-of-range': { status: 400, message: 'Price must be from {min} to {max}' },
  'price-range-reversed': { status: 400, message: 'maxPrice must not be below minPrice' },
  'text-characters': { status: 400, message: '{field} contains characters that cannot be displayed. Remove them.' },
  'text-length': { status: 400, message: '{field} must have {min} to {max} characters' },
  'text-too-long': { status: 400, message: '{field} must have at most {max} characters' },
  'time-malformed': { status: 400, message: '{field} must be an ISO 8601 time with an offset or Z' },
  'time-without-zone': { status: 400, message: 'Provide both startsAt and timeZone, or neither' },
  'time-zone-unknown': { status: 400, message: 'timeZone must be an IANA time zone, such as Europe/Berlin' },
  'to-before-from': { status: 400, message: 'to must not be before from' },

  ...accountRefusals,

  // tickets
  'content-listed': {
    status: 409,
    message: 'This ticket is already listed. If the listing is yours, withdraw it first.',
  },
  'delivery-final': { status: 409, message: 'A sold ticket can no longer be replaced' },
  'delivery-missed': { status: 409, message: 'The deadline for handing it over has passed: the buyer gets a refund' },
  'delivery-not-found': { status: 404, message: 'Delivery not found' },
  'delivery-void': { status: 409, message: 'This sale was refunded: nothing can be handed over' },
  'file-broken': { status: 400, message: 'The file cannot be read: it may be damaged' },
  'file-codes': { status: 400, message: 'The file has more than {max} barcodes: upload a single ticket' },
  'file-encrypted': { status: 400, message: 'The file is password-protected: save it without a password' },
  'file-too-large': {
    status: 400,
    message: 'The file is too large once unpacked, or has a page or image that is too large',
  },
  'file-unknown': { status: 400, message: 'The file must be a PDF, PNG, JPEG or Apple Wallet pass' },
  'files-full': {
    status: 409,
    message: 'Your files would exceed {max} MB. Hand over a link or a code, or wait until some tickets are sold.',
  },
  'storage-full': {
    status: 503,
    message: 'There is no room for more files at the moment. Hand over a link or a code, or try again later.',
  },
  'event-in-past': { status: 400, message: 'The event must start in the future' },
  'listing-held': {
    status: 400,
    message: 'Ticket is reserved until {until}: it can be changed again if the buyer does not pay',
  },
  'listing-not-yours': { status: 401, message: 'Not authorized: this listing is not yours' },
  'listing-sold': { status: 400, message: 'Ticket is reserved: it has been sold' },
  'listing-withdrawn': { status: 400, message: 'Ticket has been withdrawn: list it again to sell it' },
  'part-size': { status: 400, message: 'Part {part} must have {size} bytes' },
  'seat-listed': {
    status: 409,
    message: 'This seat is already listed. If the listing is yours, withdraw it first.',
  },
  'ticket-not-found': { status: 404, message: 'Ticket not found' },
  'too-many-refused': {
    status: 429,
    message: 'Too many files or codes were rejected. Check them and try again later.',
  },
  'too-many-reports': { status: 429, message: 'Too many reports from your network. Try again later.' },
  'too-many-uploads': { status: 429, message: 'Too many uploads in progress: finish one or wait' },
  'transfer-empty': { status: 400, message: 'Provide a link, a code or a note' },
  'transfer-url': { status: 400, message: 'The link must start with https:// and lead to a public site' },
  'upload-incomplete': { status: 400, message: 'Part {part} is missing' },
  'upload-not-found': { status: 404, message: 'Upload not found: it may have expired' },
  'upload-size': { status: 400, message: 'The file must have 1 to {max} bytes' },

  // orders
  'claim-closed': { status: 400, message: 'This claim can no longer be answered or decided' },
  'claim-exists': { status: 400, message: 'You have already made a claim on this order' },
  'claim-not-found': { status: 404, message: 'Claim not found' },
  'edition-malformed': { status: 400, message: 'edition must be the edition of a listing' },
  'event-begun': { status: 400, message: 'The event has started: its tickets are no longer for sale' },
  'hold-again-later': {
    status: 400,
    message: 'You have used up your time for this ticket: you can hold it again at {until}',
  },
  'listing-changed': { status: 409, message: 'This listing has changed: it is {price} now, edition {edition}' },
  'order-being-paid': { status: 400, message: 'Order is being paid: it can no longer be cancelled' },
  'order-complete': { status: 400, message: 'Order is complete: it can no longer be cancelled' },
  'order-not-complete': { status: 400, message: 'Order is not complete' },
  'order-not-found': { status: 404, message: 'Order not found' },
  'order-not-yours': { status: 401, message: 'Not authorized: this order is not yours' },
  'order-refunded': { status: 400, message: 'Order has been refunded' },
  'order-released': {
    status: 400,
    message: 'Order can no longer be claimed or refunded: its seller is being paid',
  },
  'own-ticket': { status: 400, message: 'You cannot buy your own ticket' },
  'pass-invalid': { status: 404, message: 'This pass is not valid: it is incomplete or not one of ours' },
  'pass-used': { status: 409, message: 'This pass has already been used: {usedAt}' },
  'promise-too-late': {
    status: 400,
    message: 'The event is too soon for a ticket that has yet to be handed over: it is no longer for sale',
  },
  'ticket-not-for-sale': { status: 400, message: 'Ticket is no longer for sale' },
  'ticket-reserved': { status: 400, message: 'Ticket is already reserved' },
  'too-many-holds': { status: 400, message: 'You can hold at most {max} tickets at once: pay for one or cancel it' },

  ...paymentRefusals,

  ...supportRefusals,
} as const satisfies Record<string, { status: number; message: string }>;

export type RefusalCode = keyof typeof refusals;
