import type { Transfer } from '@ticketing/common/contract';
import { TextsProvider } from '@/components/texts';
import type { Content } from '@/lib/api/content';
import { hostOf } from '@/lib/buy/delivery';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { CopyButton } from './copy-button';

async function TransferParts({ transfer: { url, code, note } }: { transfer: Transfer }) {
  const { handover: t, copying } = await getTexts();
  return (
    <dl className="transfer">
      {url && (
        <div>
          <dt>{t.link}</dt>
          <dd>
            <a className="btn btn-primary" href={url} target="_blank" rel="noopener noreferrer">
              {fill(t.openAt, { host: hostOf(url) })}
            </a>
          </dd>
        </div>
      )}
      {code && (
        <div>
          <dt>{t.code}</dt>
          <dd>
            <code dir="auto">{code}</code>
            <TextsProvider texts={{ copying }}>
              <CopyButton text={code} />
            </TextsProvider>
          </dd>
        </div>
      )}
      {note && (
        <div>
          <dt>{t.note}</dt>
          <dd className="transfer-note" dir="auto">
            {note}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What a seller handed over, with what can be done with it. */
export async function HandedOver({ ticketId, content }: { ticketId: string; content: Content }) {
  const { handover: t } = await getTexts();
  if (content.kind === 'transfer') return <TransferParts transfer={content.transfer} />;
  const file = `/api/tickets/${ticketId}/delivery`;
  // A phone opens a pass in its wallet, unless it is told to download it.
  if (content.kind === 'wallet')
    return (
      <>
        <p className="handover-lead">{t.walletLead}</p>
        <a className="btn btn-primary btn-lg" href={file}>
          {t.wallet}
        </a>
      </>
    );
  return (
    <>
      {content.kind === 'image' ? (
        <img className="handover-picture" src={file} alt={t.picture} />
      ) : (
        <p className="handover-lead">{t.pdfLead}</p>
      )}
      <a className="btn btn-primary btn-lg" href={file} download>
        {content.kind === 'pdf' ? t.downloadPdf : t.download}
      </a>
    </>
  );
}
