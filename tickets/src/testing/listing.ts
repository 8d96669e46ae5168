import { ListingInput } from '@ticketing/common/contract';
import { z } from 'zod';

/** The optional details of a listing, all omitted. */
export const noDetails = z.object(ListingInput.shape).omit({ title: true, price: true }).parse({});
