import * as vscode from 'vscode';
import { showsBadge } from '../configuration';

/** The number on the icon of the view, for keys that can't be used or expire within 30 days. */
export function badgeOf(count: number): vscode.ViewBadge | undefined {
  if (count === 0 || !showsBadge()) return undefined;
  const tooltip =
    count === 1
      ? vscode.l10n.t("1 server whose TDE protector expires soon or can't be used")
      : vscode.l10n.t("{0} servers whose TDE protector expires soon or can't be used", count);
  return { value: count, tooltip };
}
