/** What accounts and identities may do, as plain data. */

/** A role that a principal has at a scope or above it. Actions may contain "*". */
export interface RoleGrant extends Permission {
  readonly roleId: string;
  readonly roleName: string;
  /** The name of the role assignment, a GUID. */
  readonly assignment: string;
  readonly scope: string;
  /** Whether the role or its assignment has a condition (ABAC), which may exclude keys, roles, or principals. */
  readonly isConditional: boolean;
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** Actions that the signed-in account may take at a scope. One of several permissions is enough. Actions may contain "*". */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** Whether a condition (ABAC) limits it. */
  readonly isConditional?: boolean;
}

/** Refuses actions at a scope and below, whatever roles allow. Actions may contain "*". */
export interface DenyAssignment extends Pick<Permission, 'actions' | 'notActions'> {
  readonly name: string;
  readonly scope: string;
}

/** A policy assignment that denies a resource. `assignment` is its ARM ID, `definition` the name of the policy definition. */
export interface PolicyDenial {
  readonly assignment: string;
  readonly definition: string;
  readonly reason?: string;
}

/** A lock on a scope, its own or inherited. */
export interface Lock {
  readonly name: string;
  readonly scope: string;
  readonly level: 'readOnly' | 'canNotDelete';
}
