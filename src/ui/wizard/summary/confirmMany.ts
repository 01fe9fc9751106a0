import { l10n } from 'vscode';
import { idKey } from '../../../core/armId';
import type { Creation } from '../../../core/creation/creation';
import { confirm } from '../../messages';

/** With more servers than this, the user confirms their number, because a filter and one key select thousands. */
const many = 20;

/** How many servers the question names. */
const namedServers = 10;

/** Asks for consent if the run changes many servers. */
export async function confirmMany(creations: readonly Creation[]): Promise<boolean> {
  const missing = creations.filter(({ existing }) => !existing);
  const names = [...new Map(missing.map(({ server }) => [idKey(server.id), server.name])).values()];
  if (names.length <= many) return true;
  const named = names.slice(0, namedServers).join(', ');
  return confirm(
    l10n.t('Create {0} server keys on {1} servers?', missing.length, names.length),
    l10n.t('The servers are {0}, and {1} more.', named, names.length - namedServers),
    l10n.t('Create on {0} Servers', names.length),
  );
}
