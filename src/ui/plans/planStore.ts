import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloud } from '../../core/clouds';
import type { Plan } from '../../core/plan/plan';
import { parsePlan, savedPlan } from '../../core/plan/savedPlan';
import { writeWhole } from '../operations/writeWhole';
import type { Services } from '../services';

/** How many plans are kept. */
const kept = 20;

const suffix = '.json';

/** The folder with the plans of all windows. */
const folderIn = (storage: string): string => join(storage, 'plans');

/**
 * The remembered plans for a cloud, newest first.
 * @param storage where VS Code keeps the extension's files for all windows
 */
export async function listPlans(storage: string, cloud: Cloud): Promise<readonly Plan[]> {
  const files = await filesIn(folderIn(storage));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const plans = texts.flatMap((text) => {
    const result = parsePlan(text, cloud);
    return 'plan' in result && 'steps' in result.plan ? [result.plan] : [];
  });
  return plans.sort((a, b) => b.created.getTime() - a.created.getTime());
}

/** Remembers a plan, also after a crash, and forgets the oldest ones. One that can't be remembered can still be run, saved, or copied now. */
export async function remember({ storage, log }: Services, plan: Plan): Promise<void> {
  try {
    await writePlan(storage, plan);
  } catch (error) {
    log.warn(`The plan isn't remembered: ${String(error)}`);
  }
}

async function writePlan(storage: string, plan: Plan): Promise<void> {
  const folder = folderIn(storage);
  // The names sort by time.
  await writeWhole(folder, `${plan.created.getTime()}-${plan.id}`, suffix, savedPlan(plan));
  const old = (await filesIn(folder)).sort().slice(0, -kept);
  await Promise.all(old.map((file) => rm(file, { force: true })));
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(suffix)).map((name) => join(folder, name));
}
