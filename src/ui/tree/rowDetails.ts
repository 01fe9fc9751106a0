/** What the rows need when the user expands a server or points to a server key. One file, because each costs time. */
export { DatabaseRows } from './databaseRows';
export { serverKeyTooltip } from './tooltip';
