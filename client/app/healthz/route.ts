export const dynamic = 'force-dynamic';

/** Whether this process answers. Depends on nothing outside it. */
export const GET = (): Response => Response.json({ status: 'ok' });
