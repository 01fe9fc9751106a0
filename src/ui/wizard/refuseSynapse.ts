import { UserCancelledError } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { lastSegment } from '../../core/armId';
import type { SqlServer } from '../../core/model';
import { notify } from '../messages';
import { openPortal } from '../openPortal';
import type { Services } from '../services';

/** If a Synapse workspace manages one of the servers, shows where its key is changed and throws as canceled. */
export function refuseSynapse(services: Services, servers: readonly SqlServer[]): void {
  const [managed] = servers.flatMap(({ name, tenantId, synapseWorkspace: workspace }) =>
    workspace === undefined ? [] : { name, tenantId, workspace },
  );
  if (!managed) return;
  const { name, tenantId, workspace } = managed;
  const text = l10n.t(
    'Azure refuses server keys on "{0}", because the Synapse workspace "{1}" manages it. Change the key of the workspace instead: open it in the portal, then Encryption.',
    name,
    lastSegment(workspace),
  );
  const open = () => openPortal(services, `resource${workspace}`, tenantId);
  void notify('warning', text, { title: l10n.t('Open Workspace in Portal'), run: open });
  throw new UserCancelledError('synapse');
}
