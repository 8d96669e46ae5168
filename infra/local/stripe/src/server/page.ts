/** An HTML page; `content` is HTML. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1.1rem system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem;overflow-wrap:anywhere}button{margin:0 .25rem .5rem 0;font:inherit;padding:.5rem 1.5rem}</style></head>
<body><h1>${title}</h1>${content}<p><small>Stripe emulator: no bank or money is involved.</small></p></body>
</html>`;
}
