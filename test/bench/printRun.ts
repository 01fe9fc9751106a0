/** Prints the measurements of a process as one line of JSON. */
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
