import type { Answer } from '../base/answer';
import type { Fault } from '../base/faults';
import { isRecord } from '../base/json';

/** The answer with the headers and properties of a fault. Only a body that is an object has properties. */
export function changeAnswer({ status, body, headers }: Answer, fault: Fault, url: string): Answer {
  const fill = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('{url}', url) : value);
  const added = Object.entries(fault.headers ?? {}).map(([name, value]) => [name, fill(value)]);
  const changed = isRecord(body) ? { ...body } : undefined;
  for (const [name, value] of changed ? Object.entries(fault.change ?? {}) : []) {
    if (value === null) delete changed?.[name];
    else if (changed) changed[name] = fill(value);
  }
  const all = { ...headers, ...(Object.fromEntries(added) as Record<string, string>) };
  // Only JSON can be sent as an object.
  const isText = !(all['content-type'] ?? 'json').includes('json') && (changed ?? body) !== undefined;
  return {
    status: fault.status ?? status,
    body: isText ? JSON.stringify(changed ?? body) : (changed ?? body),
    headers: all,
  };
}
