import { getTexts } from '@/texts';

/** The response to requests beyond what is rendered at once, per network or in all (see `lib/admission`). */
export async function GET(): Promise<Response> {
  const { api } = await getTexts();
  return new Response(`${api['too-many-requests']}\n`, {
    status: 429,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', 'Retry-After': '1' },
  });
}

export { GET as POST };
