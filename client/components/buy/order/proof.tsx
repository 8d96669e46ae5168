import { siteOrigin } from '@/lib/origin';
import { getTexts } from '@/texts';
import { QrCode } from '@/components/qr-code';

/** The proof of purchase, for venues that scan it. */
export async function Proof({ pass }: { pass: string }) {
  const [{ receipt: t }, origin] = await Promise.all([getTexts(), siteOrigin()]);
  return (
    <section className="proof" aria-labelledby="proof-title">
      <QrCode text={`${origin}/pass/${pass}`} label={t.qr} />
      <div>
        <h2 id="proof-title">{t.proof}</h2>
        <p>{t.proves}</p>
        <a className="btn btn-link" href={`/pass/${pass}`}>
          {t.check}
        </a>
      </div>
    </section>
  );
}
