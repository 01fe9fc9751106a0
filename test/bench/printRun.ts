/** Ends a process that measures: its one line of output is the run. */
export function printRun(run: Promise<object>): void {
  run.then(
    (measured) => {
      console.log(JSON.stringify(measured));
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
