import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanStore } from '../../core/plan/plan';
import { parsePlan, savedPlan } from '../../core/plan/savedPlan';
import { writeWhole } from '../operations/writeWhole';

/** How many plans are kept. */
const kept = 20;

const suffix = '.json';

/** @param folder where VS Code keeps the extension's files for all windows */
export function openPlanStore(folder: string): PlanStore {
  return {
    list: async (cloud) => {
      const texts = await Promise.all((await files(folder)).map((file) => readFile(file, 'utf8').catch(() => '')));
      const plans = texts.flatMap((text) => {
        const result = parsePlan(text, cloud);
        return 'plan' in result ? [result.plan] : [];
      });
      return plans.sort((a, b) => b.made.getTime() - a.made.getTime());
    },
    save: async (plan) => {
      // The names sort by time.
      await writeWhole(folder, `${plan.made.getTime()}-${plan.id}`, suffix, savedPlan(plan));
      const old = (await files(folder)).sort().slice(0, -kept);
      await Promise.all(old.map((file) => rm(file, { force: true })));
    },
  };
}

async function files(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(suffix)).map((name) => join(folder, name));
}
