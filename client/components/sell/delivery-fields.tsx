'use client';
import { Choices } from '@/components/form';
import { useTexts } from '@/components/texts';
import { Group } from './fields';
import { ContentFields } from './handover/content-fields';

interface DeliveryFieldsProps {
  file?: File;
  onFile: (file: File | undefined) => void;
}

/** How the buyer gets the ticket, and the ticket itself if its seller has it. */
export function DeliveryFields({ file, onFile }: DeliveryFieldsProps) {
  const t = useTexts('handing');
  const options = [
    { value: 'now', label: t.now, hint: t.nowHint },
    { value: 'later', label: t.later, hint: t.laterHint },
  ];
  return (
    <Group title={t.title}>
      <div className="handing-over">
        <Choices name="delivery" legend={t.ask} options={options} />
        <ContentFields file={file} onFile={onFile} />
      </div>
    </Group>
  );
}
