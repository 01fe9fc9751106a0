import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { knownError } from '../../core/errors/errorCode';

/**
 * Sends tokens only to the cloud's Resource Manager, whatever address a response gives for polling or paging, and only to
 * paths that no server or URL parser reads as another one.
 */
export function addressPolicy(resourceManager: string): PipelinePolicy {
  const { origin } = new URL(resourceManager);
  return {
    name: 'sqlServerKeysAddress',
    async sendRequest(request, next) {
      const { method, url } = request;
      const { protocol, host } = requireOrigin(url, origin);
      // Azure may double a slash in a link, which a read survives.
      requirePlainPath(pathOf(url, `${protocol}//${host}`), { mayHaveEmptyNames: method === 'GET' });
      return next(request);
    },
  };
}

/** The path as it is written. The parser has resolved ".." in that of a parsed URL. */
export const pathOf = (url: string, origin: string): string => url.slice(origin.length).split('?')[0] ?? '';

function requireOrigin(url: string, origin: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.origin === origin && !parsed.username && !parsed.password) return parsed;
  const message = `A response from ${origin} pointed to another address: ${parsed?.origin ?? 'not a URL'}`;
  throw knownError({ code: 'UnexpectedHost', message });
}

/**
 * Refuses a path if parsing changes it, or if one of its names is empty or hides a slash: a URL without the name ".."
 * is the URL of another resource. URLs that the SDKs have built are parsed already, so this needs the path before.
 */
export function requirePlainPath(path: string, { mayHaveEmptyNames = false } = {}): void {
  const names = path.split('/').slice(1);
  if (
    /[\\\s?#\p{Cc}\p{Surrogate}]|%2f|%5c/iu.test(path) ||
    !names.every((name) => isPlainName(name, mayHaveEmptyNames))
  ) {
    throw knownError({ code: 'InvalidAddress', message: `Not the path of a resource: ${path.slice(0, 300)}` });
  }
}

/** Refuses a name that would change a path. Throws a `URIError` for half a surrogate pair. */
export function requirePlainName(name: string): void {
  requirePlainPath(`/${encodeURIComponent(name)}`);
}

const isPlainName = (name: string, mayBeEmpty: boolean): boolean =>
  name === '' ? mayBeEmpty : !/^(\.|%2e){1,2}$/i.test(name);
