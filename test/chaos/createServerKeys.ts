import assert from 'node:assert/strict';
import { ArmError, isArmError } from '../../src/core/armError';
import { createAll, createOrFind, notYetCreated, type Attempt } from '../../src/core/creation/createAll';
import { findServerKey, type Creation } from '../../src/core/creation/creation';
import type { CreationOutcome } from '../../src/core/creation/creationReport';
import { outcomeDocument } from '../../src/core/creation/outcomeDocument';
import { diagnose } from '../../src/core/errors/diagnose';
import { serverKeyName } from '../../src/core/keys/serverKeyName';
import type { KeyIdentifier } from '../../src/core/vaultModel';
import { findServer } from '../contract/demoIds';
import type { Server, State } from '../emulator/base/state';
import { keyIn, oldServerKey, type Place, toSqlServer } from './estate';
import type { Ending, Operation, Part } from './operation';

/** A server key of the run. */
interface Wanted {
  readonly name: string;
  readonly server: (place: Place) => Server;
  readonly key: (place: Place) => KeyIdentifier;
  /** Whether the extension has found it on the server before. */
  readonly isKnown?: true;
}

const newest = (place: Place): KeyIdentifier => keyIn(place, 'tde');

const wanted: readonly Wanted[] = [
  { name: 'first server', server: ({ server }) => server, key: newest },
  { name: 'known server key', server: ({ server }) => server, key: (place) => keyIn(place, 'other', 1), isKnown: true },
  { name: 'unknown server key', server: ({ secondServer }) => secondServer, key: (place) => keyIn(place, 'other') },
  { name: 'second server', server: ({ secondServer }) => secondServer, key: newest },
  { name: 'server without identity', server: ({ serverWithoutIdentity }) => serverWithoutIdentity, key: newest },
];

function creationOf({ server, key, isKnown }: Wanted, place: Place): Creation {
  const creation = { server: toSqlServer(server(place)), key: key(place) };
  return { ...creation, ...(isKnown && { existing: oldServerKey(place) }) };
}

/** The name of the server key on a server that has it. */
function nameOn({ keys }: Server, key: KeyIdentifier): string | undefined {
  const serverKeys = keys.map((one) => ({ ...one, id: '', type: 'customerManaged' as const }));
  return findServerKey(serverKeys, key)?.name;
}

function toPart({ name, server, key, isKnown }: Wanted): Part {
  const truth = (state: State, place: Place) => nameOn(findServer(state, server(place).name), key(place));
  return {
    name,
    truth,
    // A server key that somebody else has created says nothing about the run, unless the extension knows it.
    done: (state, place) =>
      truth(state, place) !== undefined && (isKnown ?? nameOn(server(place), key(place)) === undefined),
    sends: ({ path }, place) => path === `${server(place).id}/keys/${serverKeyName(key(place))}`,
  };
}

/** A run over several servers, with the endings that its report shows. */
export const createServerKeys: Operation = {
  name: 'create server keys on several servers',
  run: async (azure, place, signal) => {
    const pending = notYetCreated(wanted.map((one) => creationOf(one, place)));
    const create = (creation: Creation) => createOrFind(azure, creation);
    const attempts = await createAll(pending, { create, signal, report: () => undefined });
    return endingsIn(outcomeDocument(attempts.map(toOutcome), new Date()), place);
  },
  parts: wanted.map(toPart),
  change: { method: 'PUT', polled: true, reportsLater: true },
};

function toOutcome(attempt: Attempt): CreationOutcome {
  if ('result' in attempt) return attempt;
  const { creation, error } = attempt;
  // The suite shows any other error as it is.
  if (!isArmError(error)) throw error;
  return { creation, result: { kind: 'failed', diagnosis: diagnose(error) } };
}

/** The groups of the report, with the words that count them in its first line. */
const groups: Readonly<Record<string, string>> = {
  Failed: 'failed',
  'Not known yet': 'not known yet',
  'Not started': 'not started',
  Created: 'created',
  'Already existed': 'already existed',
};

/** A section of the report: its group, its rows, and the text around them. */
interface Section {
  readonly group: string;
  readonly rows: readonly (readonly string[])[];
  readonly text: string;
}

/** The columns of a table row, without escapes. */
const columnsOf = (line: string): string[] =>
  line
    .slice(2, -2)
    .split(' | ')
    .map((cell) => cell.replace(/\\(.)/g, '$1'));

function toSection(text: string): Section {
  const [, group = ''] = /^([\w ]+)(?:: .*)? \(\d+\)$/m.exec(text) ?? [];
  const [, , ...rows] = text.split('\n').filter((line) => line.startsWith('| '));
  return { group, rows: rows.map(columnsOf), text };
}

/** The endings in a report. Throws if its first line counts others. */
export function endingsIn(report: string, place: Place): Ending[] {
  const [summary = '', ...texts] = report.split('\n## ');
  const sections = texts.map(toSection);
  const counts = Object.entries(groups).flatMap(([group, word]) => {
    const count = sections.filter((one) => one.group === group).reduce((sum, { rows }) => sum + rows.length, 0);
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const counted = summary.replace(/^# Server keys: (.*)\n[^]*$/, '$1').split(', ');
  assert.deepEqual(counted.sort(), counts.sort(), `the first line of the report is wrong:\n${report}`);
  return wanted.map(({ server, key }) => {
    const names = [serverKeyName(key(place)), nameOn(server(place), key(place))];
    const found = sections.flatMap((section) =>
      section.rows.flatMap(([on, , name = '']) =>
        on === server(place).name && names.includes(name) ? [toEnding(section, name)] : [],
      ),
    );
    return found.length === 1 && found[0] ? found[0] : { unended: `reported ${found.length} times` };
  });
}

function toEnding({ group, text }: Section, name: string): Ending {
  if (group === 'Created') return { told: name };
  if (group === 'Already existed') return { told: name, wasThere: true };
  if (group === 'Not started') return { notStarted: true };
  const [, message = ''] = text.split('\n\n');
  const code = /^code (\w+)/m.exec(text)?.[1] ?? '';
  return (code === 'OutcomeUnknown') === (group === 'Not known yet')
    ? { failure: new ArmError({ code, message }) }
    : { unended: `reported as "${group}" with the code ${code}` };
}
