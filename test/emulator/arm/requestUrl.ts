/** ARM accepts repeated and encoded slashes in a path: clients send scopes as "//subscriptions/…" and "/%2Fsubscriptions%2F…". */
export function plainUrl(url: string): string {
  const [path = '', ...query] = url.split(/(?=\?)/);
  return path.replace(/%2f/gi, '/').replace(/\/{2,}/g, '/') + query.join('');
}

/** The path of a URL without its encoding and without slashes at its end. */
export const pathOf = ({ url }: { readonly url: string }): string =>
  decodeURIComponent(url.split('?')[0] ?? '').replace(/(?<=.)\/+$/, '');

/** The parameters of a query. As in ASP.NET, the values of a repeated one are joined with commas. */
export function parseQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  return query;
}
