import { createHash } from 'node:crypto';

const lowercase = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/** Compares ARM IDs, names, host names, and GUIDs without regard to case. */
export function same(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  // Backward, because most IDs differ near their end: each request compares thousands.
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left > 127 || right > 127) return a.toLowerCase() === b.toLowerCase();
    if (lowercase(left) !== lowercase(right)) return false;
  }
  return true;
}

export const includesId = (ids: readonly string[], id: string): boolean => ids.some((other) => same(other, id));

/** True if `id` is the scope itself or lies below it. The scope "/" is the tenant's root. */
export const isWithin = (scope: string, id: string): boolean =>
  scope === '/' || same(scope, id) || same(`${scope}/`, id.slice(0, scope.length + 1));

/** The subscription in /subscriptions/SUB/resourceGroups/GROUP/…; empty above subscription level. */
export const subscriptionOf = (id: string): string => id.split('/', 3)[2] ?? '';
export const resourceGroupOf = (id: string): string => id.split('/', 5)[4] ?? '';
export const groupId = (id: string): string => id.split('/').slice(0, 5).join('/');
export const lastSegment = (id: string): string => id.split('/').at(-1) ?? '';

/** True for a managed instance, false for a server. */
export const isInstance = ({ id }: { readonly id: string }): boolean => /\/managedInstances\/[^/]+$/i.test(id);

/** The subscription or resource group of …/providers/NAMESPACE/TYPE, the path of a list. */
export const scopeOfList = (path: string): string => path.slice(0, path.toLowerCase().lastIndexOf('/providers/'));

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** A GUID derived from a text, so that seeds have the same IDs at each start. */
export const guidOf = (text: string): string =>
  sha1(text.toLowerCase()).replace(/^(.{8}).(.{3}).(.{3}).(.{3})(.{12}).*$/, '$1-0$2-4$3-8$4-$5');

/** 40 uppercase hexadecimal digits, the format in which Azure SQL shows the thumbprint of a key. */
export const thumbprintOf = (material: string): string => sha1(material).toUpperCase();

/** 32 hexadecimal digits, the format of a key version. `ordinal` counts from 1. */
export const versionId = (vault: string, key: string, ordinal: number): string =>
  sha1(`${vault}/${key}/${ordinal}`).slice(0, 32);
