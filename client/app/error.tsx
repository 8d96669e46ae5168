'use client';
import { Message } from '@/components/message';

interface Props {
  /** Asks the server for the page again. */
  retry: () => void;
}

/** Shown in a page's place when it failed. */
export default function ErrorPage({ retry }: Props) {
  return (
    <Message
      title="Something went wrong on our side"
      actions={
        <button type="button" className="btn btn-primary" onClick={retry}>
          Try again
        </button>
      }
    >
      Nothing that you did is lost. It usually works again in a moment.
    </Message>
  );
}
