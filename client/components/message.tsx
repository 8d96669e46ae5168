import type { ReactNode } from 'react';

interface MessageProps {
  title: string;
  children: ReactNode;
  /** The ways on, as links or buttons. */
  actions?: ReactNode;
}

/** A page, or its empty middle, that says what is the matter and offers a way on. */
export function Message({ title, children, actions }: MessageProps) {
  return (
    <div className="message">
      <h1>{title}</h1>
      <p className="text-body-secondary">{children}</p>
      {actions && <div className="message-actions">{actions}</div>}
    </div>
  );
}
