import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { asWordPage, wordsOf } from '@/lib/words/pages';

interface Props {
  params: Promise<{ words: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function open({ params, searchParams }: Props) {
  const [{ words }, { order }] = await Promise.all([params, searchParams]);
  const page = asWordPage(words) ?? notFound();
  return wordsOf(page, typeof order === 'string' ? order : undefined);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await open(props)).title };
}

/** A page of words: how the site works, what it costs, who runs it. */
export default async function Words(props: Props) {
  const { html } = await open(props);
  return <article className="words" dangerouslySetInnerHTML={{ __html: html }} />;
}
