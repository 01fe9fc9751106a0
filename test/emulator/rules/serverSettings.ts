import type { ArmRequest } from '../arm/route';
import { same } from '../base/ids';
import { propertiesOf, stringOf, tagsOf } from '../base/json';
import type { Rule } from '../base/rule';
import type { SqlResource } from '../base/state';

/** The settings of a server that a PATCH changes and no rule reads, with their values. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  minimalTlsVersion: ['None', '1.0', '1.1', '1.2', '1.3'],
  publicNetworkAccess: ['Enabled', 'Disabled', 'SecuredByPerimeter'],
  restrictOutboundNetworkAccess: ['Enabled', 'Disabled'],
  isIPv6Enabled: ['Enabled', 'Disabled'],
};

/** The settings that a request changes. A value that Azure doesn't know is undefined. */
const sentSettings = (body: unknown): [name: string, value: string | undefined][] =>
  Object.entries(propertiesOf(body))
    .filter(([name, value]) => Object.hasOwn(valuesOf, name) && value !== null)
    .map(([name, value]) => [name, valuesOf[name]?.find((known) => same(known, stringOf(value)))]);

export const knownSettings: Rule<{ readonly request: ArmRequest }> = {
  code: 'InvalidParameterValue',
  status: 400,
  when: ({ request }) => {
    const [wrong] = sentSettings(request.body).find(([, value]) => value === undefined) ?? [];
    return wrong === undefined ? undefined : `An invalid value was given to parameter ${wrong}.`;
  },
};

/** Applies the tags and settings in the body of a PATCH. Tags replace all others. */
export function applySettings(server: SqlResource, body: unknown): void {
  const sent = Object.fromEntries(sentSettings(body)) as Record<string, string>;
  if (Object.keys(sent).length > 0) server.settings = { ...server.settings, ...sent };
  server.tags = tagsOf(body) ?? server.tags;
}
