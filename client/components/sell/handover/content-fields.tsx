'use client';
import { transferLimits } from '@ticketing/common/contract/limits';
import { Choices, Field, TextArea, type Check } from '@/components/form';
import { useTexts } from '@/components/texts';
import { problemOfTransfer } from '@/lib/sell/handing-over';
import type { ListingValues } from '@/lib/sell/listing';
import { FilePicker } from './file-picker';

interface ContentFieldsProps {
  known?: ListingValues;
  file?: File;
  onFile: (file: File | undefined) => void;
}

/** What is handed over: a file, or a link, a code or a note. Styles show the fields of the chosen kind. */
export function ContentFields({ known = {}, file, onFile }: ContentFieldsProps) {
  const t = useTexts('handing');
  const options = [
    { value: 'file', label: t.file },
    { value: 'transfer', label: t.transfer },
  ];
  return (
    <div className="content">
      <Choices name="content" legend={t.content} options={options} chosen={known.content ?? 'file'} />
      <div className="content-file">
        <FilePicker file={file} onFile={onFile} />
      </div>
      <div className="content-transfer">
        <Field
          name="url"
          label={t.url}
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          maxLength={transferLimits.url}
          defaultValue={known.url}
          hint={t.urlHint}
        />
        <Field
          name="code"
          label={t.code}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={transferLimits.code}
          defaultValue={known.code}
        />
        <TextArea
          name="note"
          label={t.note}
          maxLength={transferLimits.note}
          defaultValue={known.note}
          hint={t.noteHint}
        />
      </div>
    </div>
  );
}

/**
 * Validates these fields if they are in use.
 * @param isAsked whether they are in use, given the values of their form
 */
export function useContentChecks(
  file: File | undefined,
  isAsked: (values: ListingValues) => boolean = () => true,
): Record<string, Check> {
  const t = useTexts('handing');
  const api = useTexts('api');
  return {
    // A file is not among a form's values; its input has a value as soon as one is chosen.
    file: (value, all) => (isAsked(all) && all.content !== 'transfer' && !file && !value ? t.fileMissing : undefined),
    url: (_value, all) => {
      const problem = isAsked(all) && all.content === 'transfer' ? problemOfTransfer(all) : undefined;
      return problem && api[problem];
    },
  };
}
