export async function read(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} responded with ${response.status}`);
  return response.text();
}

/** A metric, summed over all services, and over all labels except those in its name: `name{label="value"}`. */
export function sum(metrics: string[], name: string): number {
  const lines = metrics.join('\n').split('\n');
  if (!lines.some((line) => line.startsWith(`# TYPE ${name.split('{')[0]} `)))
    throw new Error(`No service shows the metric ${name}`);
  const samples = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return samples.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}
