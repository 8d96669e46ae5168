import { qrShapeOf } from '@/lib/qr';

/** A text as a QR code: dark on white in every theme, since scanners read nothing else. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = qrShapeOf(text);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={label}>
      <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
