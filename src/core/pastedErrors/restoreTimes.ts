/** Between which times the keys were created that a restore lacks, as its error says; undefined in another text. */
export function restoreTimes(text: string): { readonly from: Date; readonly to: Date } | undefined {
  const [, first = '', second = ''] =
    /\ball AKV URIs created between\s{1,9}['"<]?([\w:.+/ -]{8,40}?)['">]?\s{1,9}and\s{1,9}['"<]?([\w:.+/ -]{8,40}?)['">]?\s{0,9}(?:\.(?:\s|$)|$)/i.exec(
      text.replace(/\s+/g, ' '),
    ) ?? [];
  const [from, to] = [first, second].map(asUtc);
  return from && to && !Number.isNaN(from.getTime()) && !Number.isNaN(to.getTime()) ? { from, to } : undefined;
}

/** Azure's times are UTC, with or without saying so. */
function asUtc(text: string): Date {
  if (/(?:z|utc|[+-]\d\d:?\d\d)$/i.test(text)) return new Date(text);
  return new Date(/^\d{4}-\d\d-\d\dT/.test(text) ? `${text}Z` : `${text} UTC`);
}
