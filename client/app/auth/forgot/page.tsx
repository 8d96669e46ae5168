import type { Metadata } from 'next';
import { Forgot } from '@/components/account/forgot';
import { TextsProvider } from '@/components/texts';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).recovery.forgotTitle };
}

/** For those who forgot their password. */
export default async function ForgotPage() {
  const { credentials, recovery } = await getTexts();
  return (
    <div className="narrow">
      <TextsProvider texts={{ credentials, recovery }}>
        <Forgot />
      </TextsProvider>
    </div>
  );
}
