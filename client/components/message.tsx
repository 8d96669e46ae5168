import type { ReactNode } from 'react';

interface MessageProps {
  title: string;
  children: ReactNode;
  /** Actions, as links or buttons. */
  actions?: ReactNode;
}

/** A message that fills a page or its empty content and offers actions. */
export function Message({ title, children, actions }: MessageProps) {
  return (
    <div className="message">
      <h1>{title}</h1>
      <p className="text-body-secondary">{children}</p>
      {actions && <div className="message-actions">{actions}</div>}
    </div>
  );
}
