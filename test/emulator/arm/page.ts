import { ok, type Answer } from '../base/answer';
import type { ArmRequest } from './route';

/** A list; with the option pageSize it comes in pages chained by nextLink. For lists whose API documents nextLink. */
export function paged(request: ArmRequest, items: readonly unknown[]): Answer {
  const { emulator, path, query, apiVersion } = request;
  const size = Math.min(emulator.options.pageSize ?? Infinity, Number(query.$top ?? query.maxresults ?? Infinity));
  const start = Number(Buffer.from(query.$skiptoken ?? '', 'base64url').toString() || 0);
  const value = items.slice(start, start + size);
  const next = start + size;
  if (next >= items.length) return ok({ value });
  const token = Buffer.from(String(next)).toString('base64url');
  return ok({ value, nextLink: `${emulator.armUrl}${path}?api-version=${apiVersion}&$skiptoken=${token}` });
}
