/** The primary and the replica of the demo estate that plans rotate. */
export const [primary, replica] = ['sql-orders-weu', 'sql-orders-neu'] as const;

/** The changes of a rotation that gives both servers a new key, in their order, as `changesIn` names them. */
export const inOrder = [
  `${replica} keys`,
  `${primary} keys`,
  `${replica} encryptionProtector`,
  `${primary} encryptionProtector`,
];

/** The changes among the requests to the emulator, in order: "server keys" and "server encryptionProtector". */
export const changesIn = (requests: readonly { readonly method: string; readonly path: string }[]): string[] =>
  requests
    .filter(({ method }) => method === 'PUT')
    .map(({ path }) => path.replace(/^.*\/servers\/([^/]*)\/([^/]*)\/.*$/, '$1 $2'));
