/** Whether one of these actions, which may hold "*" anywhere, covers an action. Azure ignores their casing. */
export function matches(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => {
    const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${escaped.join('.*')}$`, 'i').test(action);
  });
}
