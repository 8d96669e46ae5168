import { LocalTime } from '@/components/local-time';

/** A text whose `{at}` is a time in the visitor's zone. */
export function WithTime({ text, iso }: { text: string; iso: string | null | undefined }) {
  const [before, after] = text.split('{at}');
  if (after === undefined) return text;
  return (
    <>
      {before}
      {iso ? <LocalTime iso={iso} /> : '–'}
      {after}
    </>
  );
}
