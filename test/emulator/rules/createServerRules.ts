import { same } from '../base/ids';
import { propertiesOf, recordOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { ArmRequest } from '../arm/route';
import type { State } from '../base/state';

export interface CreateSqlFacts {
  request: ArmRequest;
  name: string;
}

const signsInWithEntraOnly = ({ request: { body } }: CreateSqlFacts): boolean =>
  recordOf(propertiesOf(body).administrators).azureADOnlyAuthentication === true;

const textIn = ({ request: { body } }: CreateSqlFacts, name: string): string => stringOf(propertiesOf(body)[name]);

/** The checks of the creation of a server or managed instance, whose name must differ from those of all others. */
export const createSqlRules = (
  existing: (state: State) => readonly { readonly name: string }[],
): readonly Rule<CreateSqlFacts>[] => [
  {
    code: 'InvalidServerName',
    status: 400,
    when: (f) => messageIf(!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(f.name), 'Invalid server name specified.'),
  },
  {
    code: 'NameAlreadyExists',
    status: 400,
    when: (f) =>
      messageIf(
        existing(f.request.state).some(({ name }) => same(name, f.name)),
        'The provided name already exists.',
      ),
  },
  {
    code: 'InvalidLoginName',
    status: 400,
    when: (f) =>
      messageIf(
        !signsInWithEntraOnly(f) && textIn(f, 'administratorLogin') === '',
        'The provided login name is invalid.',
      ),
  },
  {
    code: 'PasswordTooShort',
    status: 400,
    when: (f) =>
      messageIf(
        !signsInWithEntraOnly(f) && textIn(f, 'administratorLoginPassword').length < 8,
        'The provided password is too short',
      ),
  },
];

/** The checks of PUT …/servers/S for a server that doesn't exist. */
export const createServerRules = createSqlRules(({ servers }) => servers);
