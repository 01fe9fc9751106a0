import { byGateway } from '../base/answer';

/** The URLs in a cloud's metadata. */
interface CloudUrls {
  /** The URL of ARM as the caller addresses it. */
  readonly armUrl: string;
  /** The audience of tokens for ARM. */
  readonly audience: string;
}

const cloud = ({ armUrl, audience }: CloudUrls) => ({
  // The emulator has no portal. The domain "example" can't exist.
  portal: 'https://portal.emulator.example',
  authentication: {
    loginEndpoint: `${audience}/adfs`,
    audiences: [audience],
    tenant: 'adfs',
    identityProvider: 'ADFS',
  },
  graphAudience: audience,
  graph: audience,
  name: 'AzureEmulator',
  suffixes: {
    keyVaultDns: 'vault.azure.net',
    mhsmDns: 'managedhsm.azure.net',
    sqlServerHostname: 'database.windows.net',
  },
  resourceManager: armUrl,
});

/** The first format, which `az cloud register` reads. */
const oldCloud = ({ audience }: CloudUrls) => ({
  graphEndpoint: audience,
  portalEndpoint: 'https://portal.emulator.example',
  authentication: { loginEndpoint: `${audience}/adfs`, audiences: [audience] },
});

const formats: Record<string, (urls: CloudUrls) => object> = {
  '2015-01-01': oldCloud,
  '2019-05-01': (urls) => [cloud(urls)],
  '2020-06-01': (urls) => [cloud(urls)],
  '2022-09-01': cloud,
};

/** The answer to GET /metadata/endpoints, which needs no token; throws a Refusal for an unknown api-version. */
export function cloudMetadata(version: string, urls: CloudUrls): object {
  const format = formats[version];
  if (format) return format(urls);
  const supported = Object.keys(formats).join(',');
  const message = `The api-version '${version}' is invalid. The supported versions are '${supported}'.`;
  throw byGateway(400, 'InvalidApiVersionParameter', message);
}
