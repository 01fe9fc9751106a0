const group = '/subscriptions/:sub/resourceGroups/:group';
const resource = `${group}/providers/:namespace/:parentType/:parent`;

/** Beneath any scope, the tenant's root included, lies what Microsoft.Authorization has for it. */
export const scopes = ['', '/subscriptions/:sub', group, resource, `${resource}/:childType/:child`].map(
  (scope) => `${scope}/providers/Microsoft.Authorization`,
);

export const scopeFrom = (path: string): string => {
  const scope = path.slice(0, path.toLowerCase().lastIndexOf('/providers/microsoft.authorization'));
  return scope === '' ? '/' : scope;
};
