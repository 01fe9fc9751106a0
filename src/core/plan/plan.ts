import type { RotationPlan } from './rotationPlan';

/** A rotation plan that can be saved, and run later. It has no token, secret, or account. */
export interface Plan extends RotationPlan {
  /** A random UUID. */
  readonly id: string;
  /** The address of the cloud's Resource Manager. */
  readonly cloud: string;
  /** When the servers were read. */
  readonly created: Date;
}
