import type { Cloud } from '../clouds';
import type { PlanHead } from './plan';
import type { KeyTimes, RestorePlan } from './restorePlan';
import { isText, keyOf, listOf, placeOf, savedKey, type Fields } from './savedFields';

/** The keys that a restore may need, to create their server keys later. */
export interface SavedRestore extends PlanHead, Omit<RestorePlan, 'steps'> {}

/** The fields of a plan for a restore. */
export const restoreFields = ({ source, target, times, needed }: SavedRestore): object => ({
  source: source.id,
  target: target.id,
  from: times.from?.toISOString(),
  to: times.to?.toISOString(),
  keys: needed.map(savedKey),
});

/** A saved plan for a restore. @returns undefined if a field is invalid */
export function restoreOf(fields: Fields, cloud: Cloud): Omit<RestorePlan, 'steps'> | undefined {
  const { from, to } = fields;
  const [source, target] = [placeOf(fields.source), placeOf(fields.target)];
  const needed = source && listOf(fields.keys, (key) => keyOf(key, source, cloud));
  const isWhole = [from, to].every((time) => time === undefined || isTime(time));
  if (!target || !needed || !isWhole) return undefined;
  return { source, target, times: { ...timeOf('from', from), ...timeOf('to', to) }, needed };
}

const isTime = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

const timeOf = (name: keyof KeyTimes, value: unknown): KeyTimes => (isTime(value) ? { [name]: new Date(value) } : {});
