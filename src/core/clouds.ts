import * as l10n from '@vscode/l10n';

/** The addresses of an Azure cloud. All addresses are https and end without a slash; suffixes are lower-case, without a leading dot. */
export interface Cloud {
  /** The name that Azure tools use ("AzureUSGovernment"), or `name` in the setting of a custom cloud. */
  readonly name: string;
  readonly resourceManager: string;
  readonly authority: string;
  /** OAuth scope of a token for Azure Resource Manager: the audience and "/.default". */
  readonly scope: string;
  readonly portal: string;
  readonly vaultSuffixes: readonly string[];
  readonly managedHsmSuffixes: readonly string[];
}

export type CloudResolution = { readonly cloud: Cloud } | { readonly problem: string };

export const publicCloud: Cloud = {
  name: 'AzureCloud',
  resourceManager: 'https://management.azure.com',
  authority: 'https://login.microsoftonline.com',
  scope: 'https://management.azure.com/.default',
  portal: 'https://portal.azure.com',
  vaultSuffixes: ['vault.azure.net'],
  managedHsmSuffixes: ['managedhsm.azure.net'],
};

/** @internal */
export const chinaCloud: Cloud = {
  name: 'AzureChinaCloud',
  resourceManager: 'https://management.chinacloudapi.cn',
  authority: 'https://login.chinacloudapi.cn',
  scope: 'https://management.chinacloudapi.cn/.default',
  portal: 'https://portal.azure.cn',
  vaultSuffixes: ['vault.azure.cn'],
  // Microsoft's own sources disagree about the suffix.
  managedHsmSuffixes: ['managedhsm.azure.cn', 'managedhsm.chinacloudapi.cn'],
};

/** @internal */
export const usGovernmentCloud: Cloud = {
  name: 'AzureUSGovernment',
  resourceManager: 'https://management.usgovcloudapi.net',
  authority: 'https://login.microsoftonline.us',
  scope: 'https://management.usgovcloudapi.net/.default',
  portal: 'https://portal.azure.us',
  vaultSuffixes: ['vault.usgovcloudapi.net'],
  managedHsmSuffixes: ['managedhsm.usgovcloudapi.net'],
};

export const builtInClouds: readonly Cloud[] = [publicCloud, chinaCloud, usGovernmentCloud];

/** Whether a cloud is one of Microsoft's own besides the public one. Other clouds are private, and may behave like the public one. */
export const isNationalCloud = ({ resourceManager }: Cloud): boolean =>
  [chinaCloud, usGovernmentCloud].some((national) => national.resourceManager === resourceManager);

/** The key vault or managed HSM of the cloud at a host, if any. Its name is the part before the suffix. */
export function vaultAt(host: string, cloud: Cloud): { kind: 'vault' | 'managedHsm'; vault: string } | undefined {
  // ASCII only: toLowerCase() turns the Kelvin sign into "k".
  const lower = host.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const of = (suffixes: readonly string[]) => suffixes.find((suffix) => lower.endsWith(`.${suffix}`));
  const vaultSuffix = of(cloud.vaultSuffixes);
  const suffix = vaultSuffix ?? of(cloud.managedHsmSuffixes);
  if (suffix === undefined) return undefined;
  return { kind: vaultSuffix === undefined ? 'managedHsm' : 'vault', vault: host.slice(0, -suffix.length - 1) };
}

const setting = 'microsoft-sovereign-cloud.customEnvironment';

/**
 * The cloud that VS Code's settings select.
 * @param environment value of `microsoft-sovereign-cloud.environment`: unset or empty (public), "ChinaCloud", "USGovernment", or "custom"
 * @param customEnvironment value of `microsoft-sovereign-cloud.customEnvironment`, read only for "custom". Required are
 *   `resourceManagerEndpointUrl`, `activeDirectoryEndpointUrl`, and `portalUrl`; `name`, `activeDirectoryResourceId` (the token's
 *   audience; the resource manager by default), `keyVaultDnsSuffix`, and `managedHsmDnsSuffix` (the public ones by default) are optional.
 *   VS Code's own sign-in also requires `name`, `managementEndpointUrl`, and `activeDirectoryResourceId`.
 * @returns the cloud, or one sentence that says which setting is wrong
 */
export function resolveCloud(environment: unknown, customEnvironment: unknown): CloudResolution {
  switch (environment) {
    case undefined:
    case null:
    case '':
      return { cloud: publicCloud };
    case 'ChinaCloud':
      return { cloud: chinaCloud };
    case 'USGovernment':
      return { cloud: usGovernmentCloud };
    case 'custom':
      return customCloud(customEnvironment);
    default:
      return {
        problem: l10n.t(
          'The setting microsoft-sovereign-cloud.environment must be empty or one of ChinaCloud, USGovernment, custom; it is {0}.',
          shown(environment),
        ),
      };
  }
}

function customCloud(value: unknown): CloudResolution {
  if (!isRecord(value)) {
    return { problem: l10n.t('The setting {0} must be an object that describes the custom cloud.', setting) };
  }
  const resourceManager = endpoint(value, 'resourceManagerEndpointUrl');
  const authority = endpoint(value, 'activeDirectoryEndpointUrl');
  const portal = endpoint(value, 'portalUrl');
  const audience = audienceOf(value);
  const vaultSuffixes = suffixes(value, 'keyVaultDnsSuffix', publicCloud.vaultSuffixes);
  const managedHsmSuffixes = suffixes(value, 'managedHsmDnsSuffix', publicCloud.managedHsmSuffixes);
  if ('problem' in resourceManager) return resourceManager;
  if ('problem' in authority) return authority;
  if ('problem' in portal) return portal;
  if ('problem' in audience) return audience;
  if ('problem' in vaultSuffixes) return vaultSuffixes;
  if ('problem' in managedHsmSuffixes) return managedHsmSuffixes;
  return {
    cloud: {
      name: typeof value.name === 'string' && value.name !== '' ? value.name : 'custom',
      resourceManager: resourceManager.valid,
      authority: authority.valid,
      scope: `${audience.valid ?? resourceManager.valid}/.default`,
      portal: portal.valid,
      vaultSuffixes: vaultSuffixes.valid,
      managedHsmSuffixes: managedHsmSuffixes.valid,
    },
  };
}

type Checked<T> = { readonly valid: T } | { readonly problem: string };

function endpoint(environment: Readonly<Record<string, unknown>>, field: string): Checked<string> {
  const value = environment[field];
  if (value === undefined || value === '') {
    return { problem: l10n.t('The setting {0} must include {1}.', setting, field) };
  }
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (
    url?.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    return {
      problem: l10n.t(
        'The setting {0}.{1} must be an https URL without a user name, query, or fragment; it is {2}.',
        setting,
        field,
        shown(value),
      ),
    };
  }
  return { valid: withoutSlashes(url.origin + url.pathname) };
}

function audienceOf(environment: Readonly<Record<string, unknown>>): Checked<string | undefined> {
  const field = 'activeDirectoryResourceId';
  const value = environment[field];
  if (value === undefined || value === '') return { valid: undefined };
  if (typeof value === 'string' && /^[a-z][a-z0-9+.-]*:[^\s?#]+$/i.test(value)) return { valid: withoutSlashes(value) };
  return {
    problem: l10n.t('The setting {0}.{1} must be the URI of a resource; it is {2}.', setting, field, shown(value)),
  };
}

function suffixes(
  environment: Readonly<Record<string, unknown>>,
  field: string,
  byDefault: readonly string[],
): Checked<readonly string[]> {
  const value = environment[field];
  if (value === undefined || value === '') return { valid: byDefault };
  const suffix = typeof value === 'string' ? value.toLowerCase().replace(/^\./, '') : '';
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(suffix)) return { valid: [suffix] };
  return {
    problem: l10n.t(
      'The setting {0}.{1} must be a DNS suffix such as {2}; it is {3}.',
      setting,
      field,
      byDefault.join(', '),
      shown(value),
    ),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutSlashes(address: string): string {
  return address.replace(/\/+$/, '');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : typeof value;
}
