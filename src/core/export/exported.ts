import * as l10n from '@vscode/l10n';
import { isVersionless } from '../cli/commands';
import { serverKeyNameOf } from '../keys/serverKeyName';
import { notesOn, titleOf } from '../plan/planTexts';
import type { AnyStep, NewServerKeys, SingleStep } from '../plan/singleStep';
import type { ServerPlace } from '../ports';
import { oneLine } from '../text';

/** The steps of a plan, and all its servers. */
export interface Steps {
  readonly first: ServerPlace;
  readonly steps: readonly AnyStep[];
  readonly servers: readonly { readonly server: ServerPlace }[];
}

/** A plan in another language. */
export interface Exported {
  readonly text: string;
  /** What it needs, as a sentence. */
  readonly note: string;
}

/** A change as the steps of a plan. */
export function stepsOf(change: SingleStep | NewServerKeys): Steps {
  if (change.kind !== 'createServerKeys') {
    return { first: change.server, servers: [{ server: change.server }], steps: [change] };
  }
  const { servers, keys } = change;
  return {
    first: servers[0],
    servers: servers.map((server) => ({ server })),
    steps: servers.flatMap((server) =>
      keys.map((keyIdentifier) => ({ kind: 'createServerKey' as const, server, keyIdentifier })),
    ),
  };
}

/** A step that changes something. */
export type ChangingStep = Exclude<AnyStep, { kind: 'compareThumbprints' }>;

/** A step after which Azure has a resource with certain properties, so that a template can declare it. */
export type DeclaredStep = Extract<AnyStep, { kind: 'createServerKey' | 'setProtector' | 'useServiceManagedKey' }>;

/** Whether a template can declare what a step does. One that declares a database would need all its properties. */
export const isDeclared = (step: AnyStep): step is DeclaredStep =>
  ['createServerKey', 'setProtector', 'useServiceManagedKey'].includes(step.kind);

/** Whether a key of the plan has no version: tools need newer versions for it. */
export const hasVersionless = ({ steps }: Steps): boolean =>
  steps.some((step) => 'keyIdentifier' in step && isVersionless(step.keyIdentifier));

/** The API version of Microsoft.Sql that a plan needs. Source: REST reference, "Encryption Protectors" (versionless keys). */
export const apiVersionOf = (plan: Steps): string => (hasVersionless(plan) ? '2024-11-01-preview' : '2023-08-01');

/** The type below `Microsoft.Sql/servers`, the name, and the properties of the resource that a step writes. */
export function resourceOf(step: DeclaredStep) {
  if (step.kind === 'useServiceManagedKey') {
    const properties = { serverKeyType: 'ServiceManaged', serverKeyName: 'ServiceManaged' };
    return { type: 'encryptionProtector', name: 'current', properties };
  }
  const serverKeyType = 'AzureKeyVault';
  const name = serverKeyNameOf(step.keyIdentifier);
  return step.kind === 'createServerKey'
    ? { type: 'keys', name, properties: { serverKeyType, uri: step.keyIdentifier } }
    : {
        type: 'encryptionProtector',
        name: 'current',
        properties: { serverKeyType, serverKeyName: name, autoRotationEnabled: step.autoRotation },
      };
}

/** The title of a step for a comment. */
export const titleLine = (step: AnyStep): string => oneLine(titleOf(step));

/** The notes on a step, for a comment. */
export const notesLine = (step: AnyStep): string => oneLine(notesOn(step).join(' '));

/** The comments for a comparison in a language that can't compare. */
export const comparisonLines = (step: AnyStep): readonly string[] => [
  titleLine(step),
  l10n.t("The deployment doesn't compare them. If they differ, Azure refuses the key as TDE protector."),
];

/** An object with one property on each line. @param assign the text between a name and its value */
export function objectText(
  value: Readonly<Record<string, string | boolean | object>>,
  assign: string,
  quote: (text: string) => string,
  indent = '',
): string {
  const isAligned = assign.startsWith(' ');
  const width = isAligned ? Math.max(...Object.keys(value).map(({ length }) => length)) : 0;
  const lines = Object.entries(value).map(([name, one]) => {
    const text =
      typeof one === 'object'
        ? objectText(one as Parameters<typeof objectText>[0], assign, quote, `${indent}  `)
        : typeof one === 'string'
          ? quote(one)
          : String(one);
    return `${indent}  ${typeof one === 'object' ? name : name.padEnd(width)}${assign}${text}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}
