import * as l10n from '@vscode/l10n';
import { azCommand } from '../cli/commands';

/** The events of Azure SQL when a database loses its key. Microsoft documents them as names of events, not as operations. */
const events = ['MakeDatabaseInaccessible', 'MakeManagedDbInaccessible'];

/** An alert rule in a language. */
export interface AlertRule {
  readonly title: string;
  readonly text: string;
}

/** The alert rules for all servers and managed instances of a subscription. */
export const alertRules = (subscriptionId: string): readonly AlertRule[] => [
  { title: l10n.t('Bicep'), text: bicep(subscriptionId) },
  { title: l10n.t('Azure CLI'), text: azureCli(subscriptionId) },
];

function azureCli(subscriptionId: string): string {
  const values = { scope: `/subscriptions/${subscriptionId}`, subscription: subscriptionId };
  return [
    `# ${l10n.t('A server or a managed instance of the subscription loses its TDE protector.')}`,
    azCommand('alertOnLostKey', values),
    azCommand('alertOnLostInstanceKey', values),
    '',
  ].join('\n');
}

const bicep = (
  subscriptionId: string,
): string => `// ${l10n.t('A server or a managed instance of the subscription loses its TDE protector.')}
// ${l10n.t('Deploy to a resource group of the subscription {0}.', subscriptionId)}
@description('${l10n.t('Resource ID of the action group to notify').replaceAll("'", String.raw`\'`)}')
param actionGroupId string

resource keyLost 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: 'tde-key-lost'
  location: 'Global'
  properties: {
    scopes: [
      subscription().id
    ]
    condition: {
      allOf: [
        {
          field: 'category'
          equals: 'Administrative'
        }
        {
          anyOf: [
${events.map((event) => `            {\n              field: 'operationName'\n              equals: '${event}'\n            }`).join('\n')}
          ]
        }
      ]
    }
    actions: {
      actionGroups: [
        {
          actionGroupId: actionGroupId
        }
      ]
    }
  }
}
`;
