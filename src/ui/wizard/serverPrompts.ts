import { l10n, ThemeIcon } from 'vscode';
import { sameId } from '../../core/armId';
import type { SqlServer } from '../../core/model';
import type { Services } from '../services';
import { pick, pickSome } from '../quickPick';
import type { Question } from './answers';
import { refuseSynapse } from './refuseSynapse';
import { serverItems, serverPicks } from './serverPicks';

export const pickServer = (services: Services): Question => ({
  id: 'server',
  needed: ({ servers, severalServers }) => servers === undefined && severalServers === undefined,
  async ask(ui, answers, { earlier }) {
    const load = serverItems(services);
    const items = async (signal: AbortSignal) => {
      const servers = await load(signal);
      return servers.filter(({ data }) => data).length > 1 ? [...servers, several()] : servers;
    };
    const options = {
      placeHolder: l10n.t('Select the SQL server for the server key'),
      loadingPlaceHolder: l10n.t('Loading SQL servers…'),
    };
    const chosen = await pick<SqlServer | 'several'>(ui, items, options, (server) =>
      server === 'several' ? earlier.severalServers === true : isAmong(earlier.servers, server),
    );
    if (chosen === 'several') {
      answers.severalServers = true;
    } else {
      if (!answers.checkOnly) refuseSynapse(services, [chosen]);
      answers.servers = [chosen];
    }
  },
});

export const pickServers = (services: Services): Question => ({
  id: 'servers',
  needed: ({ servers, severalServers }) => servers === undefined && severalServers === true,
  async ask(ui, answers, { earlier }) {
    const items = async () =>
      serverPicks(await services.inventory.get()).map((item) => ({
        ...item,
        picked: isAmong(earlier.servers, item.data),
      }));
    const chosen = await pickSome(ui, items, {
      placeHolder: l10n.t('Select the SQL servers'),
      none: l10n.t('No server is selected. Select the check box of at least one SQL server.'),
    });
    if (!answers.checkOnly) refuseSynapse(services, chosen);
    answers.servers = chosen;
  },
});

const several = () => ({
  label: l10n.t('Select several servers…'),
  iconPath: new ThemeIcon('checklist'),
  group: '',
  data: 'several' as const,
});

const isAmong = (servers: readonly SqlServer[] | undefined, server: SqlServer): boolean =>
  servers?.some(({ id }) => sameId(id, server.id)) ?? false;
