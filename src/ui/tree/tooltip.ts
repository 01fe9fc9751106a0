import * as vscode from 'vscode';
import { isProtectorKey } from '../../core/keys/sameKey';
import type { TdeProtector } from '../../core/model';
import { oneLine, utcMinute } from '../../core/text';
import { describeServerKey } from './describeServer';
import { isProtector, useOf, type ServerKeyNode } from './nodes';

/** The uses of a server key. */
export interface KeyUse {
  /** Databases of the server; undefined if they could not be read. */
  readonly databases: readonly string[] | undefined;
  /** The other servers, among those read so far, that have the same key. */
  readonly otherServers: readonly string[];
}

/** How many names a tooltip shows before "and N more". */
const namesShown = 5;

/** The row of a server key, which a narrow view cuts off, and the facts about the key, one a line. Text from Azure is escaped, so it is never Markdown. */
export function serverKeyTooltip(node: ServerKeyNode, { databases, otherServers }: KeyUse): vscode.MarkdownString {
  const { key } = node;
  const { location, subregion, kind } = { ...protectorOf(node), ...key };
  const facts: (readonly [string, string | undefined])[] = [
    [vscode.l10n.t('Server key'), key.name],
    [vscode.l10n.t('Key identifier'), key.uri],
    [vscode.l10n.t('Version in use'), key.version],
    [vscode.l10n.t('Thumbprint'), key.thumbprint],
    [vscode.l10n.t('Created'), key.created && utcMinute(key.created)],
    [vscode.l10n.t('Automatic rotation'), rotationOf(node)],
    [vscode.l10n.t('Region'), [location, subregion].filter(Boolean).join(', ')],
    [vscode.l10n.t('Kind'), kind],
    [vscode.l10n.t('Protects'), isProtector(node) ? protectedBy(databases) : undefined],
    [vscode.l10n.t('Still needed'), stillNeeded(node)],
    [vscode.l10n.t('Also on'), otherServers.length > 0 ? listed(otherServers) : undefined],
  ];
  const { label, description } = describeServerKey(node);
  const tooltip = new vscode.MarkdownString();
  for (const line of [label, description].filter(Boolean)) tooltip.appendText(oneLine(line)).appendMarkdown('\n\n');
  for (const [name, value] of facts) {
    if (value) tooltip.appendMarkdown(`**${name}**  \n`).appendText(oneLine(value)).appendMarkdown('\n\n');
  }
  return tooltip;
}

/** The TDE protector of the server if this server key is it. */
const protectorOf = ({ key, parent: { protector } }: ServerKeyNode): TdeProtector | undefined =>
  typeof protector === 'object' && isProtectorKey(key, protector) ? protector : undefined;

/** The flag of the TDE protector is the one that counts. Azure shows one for each server key, too. */
function rotationOf(node: ServerKeyNode): string | undefined {
  const isOn = (protectorOf(node) ?? node.key).autoRotation;
  return isOn === undefined ? undefined : isOn ? vscode.l10n.t('on') : vscode.l10n.t('off');
}

/** Whether the server key can go, as far as that is known without a request. */
function stillNeeded(node: ServerKeyNode): string | undefined {
  const use = useOf(node);
  if (node.key.type === 'serviceManaged' || use === undefined) return undefined;
  if (use === 'protector') return vscode.l10n.t('in use as the TDE protector');
  if (use === 'standby') return vscode.l10n.t('in use: it has the key material of the TDE protector');
  return vscode.l10n.t('not checked: "Check Whether Key Is Still Needed" reads backups, replicas, and databases');
}

/** Whether TDE is on and whether a database has database-level keys isn't read: reading the first resumes a paused database. */
function protectedBy(databases: readonly string[] | undefined): string {
  if (!databases) {
    return vscode.l10n.t(
      "databases with TDE on, except those with database-level keys; the databases couldn't be listed",
    );
  }
  return databases.length === 0
    ? vscode.l10n.t('no databases yet')
    : vscode.l10n.t('databases with TDE on, except those with database-level keys, of: {0}', listed(databases));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(', ');
  return names.length > namesShown ? vscode.l10n.t('{0} and {1} more', shown, names.length - namesShown) : shown;
}
