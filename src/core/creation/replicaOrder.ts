import { idKey } from '../armId';

/** The work on one server. */
interface ServerWork {
  readonly server: string;
  /** The names of the servers that replicate it. */
  readonly replicas: readonly string[];
}

/** Work, and the work that ends before it begins. */
export interface Ordered<T> {
  readonly work: T;
  readonly after: readonly T[];
}

/** Replicas before the servers that they replicate, otherwise in the given order. Two servers that replicate each other keep their order. */
export function replicasFirst<T extends ServerWork>(works: readonly T[]): readonly Ordered<T>[] {
  const byName = new Map(works.map((work) => [idKey(work.server), work]));
  const seen = new Set<T>();
  const ordered: Ordered<T>[] = [];
  const visit = (work: T): void => {
    if (seen.has(work)) return;
    seen.add(work);
    const replicas = work.replicas.flatMap((name) => byName.get(idKey(name)) ?? []);
    replicas.forEach(visit);
    ordered.push({ work, after: replicas.filter((replica) => ordered.some((one) => one.work === replica)) });
  };
  works.forEach(visit);
  return ordered;
}
