import { PassMark } from '@/components/buy/pass/mark';
import { getTexts } from '@/texts';

/** An invalid pass. */
export default async function NotValid() {
  const { pass: t } = await getTexts();
  return (
    <article className="check check-invalid">
      <h1 className="check-verdict">
        <PassMark />
        {t.invalid}
      </h1>
      <p>{t.invalidWhy}</p>
    </article>
  );
}
