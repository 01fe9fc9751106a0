import type { RotationPlan } from './rotationPlan';

/** What every plan that can be saved has. None has a token, secret, or account. */
export interface PlanHead {
  /** A random UUID. */
  readonly id: string;
  /** The address of the cloud's Resource Manager. */
  readonly cloud: string;
  /** When the servers were read. */
  readonly created: Date;
}

/** A rotation plan that can be saved, and run later. */
export interface Plan extends RotationPlan, PlanHead {}
