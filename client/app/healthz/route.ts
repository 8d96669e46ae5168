export const dynamic = 'force-dynamic';

/** Whether this process responds, regardless of its dependencies. */
export const GET = (): Response => Response.json({ status: 'ok' });
