import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { isVersionless } from '../cli/commands';
import { apiVersionOf, comparisonLines, isDeclared, objectText, resourceOf, titleLine } from './exported';
import type { DeclaredStep, Exported, Steps } from './exported';

type Provider = 'azurerm' | 'azapi';

/** The versions that the text is written for. */
const providers = {
  azurerm: { source: 'hashicorp/azurerm', version: '5.2' },
  azapi: { source: 'Azure/azapi', version: '2.12' },
} as const;

/**
 * The plan as Terraform, each resource after the one before. azurerm sets a TDE protector and creates its server key with it; azapi
 * does what azurerm can't: server keys that come first, keys without a version or in a managed HSM, and several subscriptions.
 */
export function terraform(plan: Steps): Exported {
  const { declarations, used } = declarationsOf(plan);
  const names = (['azurerm', 'azapi'] as const).filter((name) => used.has(name));
  const versions = names.map((name) => `${name} ${providers[name].version}`);
  return {
    text: [head(names, plan), ...declarations].join('\n'),
    note:
      versions.length > 1
        ? l10n.t('Copied as Terraform, which needs the providers {0} and {1}.', versions[0] ?? '', versions[1] ?? '')
        : l10n.t('Copied as Terraform, which needs the provider {0}.', versions[0] ?? ''),
  };
}

/** Writes a text as a string of HCL. */
const quoteForHcl = (text: string): string =>
  `"${text
    .replace(/["\\]/g, String.raw`\$&`)
    .replace(
      /[$%](?=\{)|\p{Cc}|[\u2028\u2029]/gu,
      (one) => String.raw`\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )}"`;

function declarationsOf(plan: Steps) {
  const used = new Set<Provider>();
  let before: string | undefined;
  const declarations = plan.steps.flatMap((step, i) => {
    if (!isDeclared(step))
      return [
        comparisonLines(step)
          .map((line) => `# ${line}\n`)
          .join(''),
      ];
    const provider = providerFor(step, plan);
    if (step.kind === 'createServerKey' && comesWithProtector(step, plan)) return [];
    used.add(provider);
    const { type, lines } = provider === 'azurerm' ? azurermProtector(step) : azapi(step, apiVersionOf(plan));
    const dependsOn = before === undefined ? [] : ['', `  depends_on = [${before}]`];
    before = `${type}.step${i + 1}`;
    return [[`# ${titleLine(step)}`, `resource "${type}" "step${i + 1}" {`, ...lines, ...dependsOn, '}\n'].join('\n')];
  });
  return { declarations, used };
}

/** Whether the resource of the TDE protector creates the server key, which no other server needs first. */
const comesWithProtector = (step: DeclaredStep, plan: Steps): boolean =>
  plan.servers.length === 1 &&
  canUseAzurerm(step, plan) &&
  plan.steps.some((one) => one.kind === 'setProtector' && isSameKeyAs(one, step));

const isSameKeyAs = (one: { readonly keyIdentifier: string }, step: DeclaredStep): boolean =>
  'keyIdentifier' in step && sameId(one.keyIdentifier, step.keyIdentifier);

const providerFor = (step: DeclaredStep, plan: Steps): Provider =>
  step.kind !== 'createServerKey' && canUseAzurerm(step, plan) ? 'azurerm' : 'azapi';

const canUseAzurerm = (step: DeclaredStep, { servers }: Steps): boolean =>
  !hasVersionlessKey(step) &&
  !('keyIdentifier' in step && /^https:\/\/[^/]*\.managedhsm\./i.test(step.keyIdentifier)) &&
  new Set(servers.map(({ server }) => server.subscriptionId)).size === 1;

const hasVersionlessKey = (step: DeclaredStep): boolean => 'keyIdentifier' in step && isVersionless(step.keyIdentifier);

interface Resource {
  readonly type: string;
  readonly lines: readonly string[];
}

function azurermProtector(step: DeclaredStep): Resource {
  const autoRotation = step.kind === 'setProtector' && step.autoRotation;
  return {
    type: 'azurerm_mssql_server_transparent_data_encryption',
    lines: [
      `  # ${l10n.t('If this resource is destroyed, the TDE protector becomes the service-managed key.')}`,
      `  server_id             = ${quoteForHcl(step.server.id)}`,
      ...('keyIdentifier' in step
        ? [
            `  key_vault_key_id      = ${quoteForHcl(step.keyIdentifier)}`,
            `  auto_rotation_enabled = ${String(autoRotation)}`,
          ]
        : []),
      ...ignoredChanges('key_vault_key_id', autoRotation),
    ],
  };
}

function azapi(step: DeclaredStep, version: string): Resource {
  const { type, name, properties } = resourceOf(step);
  const isReplaced = hasVersionlessKey(step) || (step.kind === 'setProtector' && step.autoRotation);
  return {
    type: step.kind === 'createServerKey' ? 'azapi_resource' : 'azapi_update_resource',
    lines: [
      `  type      = "Microsoft.Sql/servers/${type}@${version}"`,
      `  parent_id = ${quoteForHcl(step.server.id)}`,
      `  name      = ${quoteForHcl(name)}`,
      `  body = ${objectText({ properties }, ' = ', quoteForHcl, '  ')}`,
      ...ignoredChanges('body', isReplaced),
    ],
  };
}

/** Keeps Terraform from setting the planned version again, after Azure SQL has replaced it with a newer one. */
const ignoredChanges = (name: string, isReplaced: boolean): readonly string[] =>
  isReplaced ? ['', '  lifecycle {', `    ignore_changes = [${name}]`, '  }'] : [];

/** The blocks that a new configuration needs. */
function head(names: readonly Provider[], { first }: Steps): string {
  const required = Object.fromEntries(
    names.map((name) => [name, { source: providers[name].source, version: `~> ${providers[name].version}` }]),
  );
  return [
    `# ${l10n.t('If your configuration has these blocks, or already manages one of these TDE protectors, change it there instead.')}`,
    'terraform {',
    `  required_providers ${objectText(required, ' = ', quoteForHcl, '  ')}`,
    '}\n',
    ...(names.includes('azurerm')
      ? [`provider "azurerm" {`, '  features {}', `  subscription_id = ${quoteForHcl(first.subscriptionId)}`, '}\n']
      : []),
  ].join('\n');
}
