import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

/** Why an action was refused after all. The log keeps a refusal's code without its values. */
export async function Refused({ code }: { code: string }) {
  const { support, api } = await getTexts();
  const words = (api as Record<string, string>)[code] ?? code;
  return <p className="desk-refused">{fill(support.log.refused, { why: words.replace(/\{\w+\}/g, '…') })}</p>;
}
