/**
 * A row of a quick pick throws it to ask the question again.
 * @param first runs after the quick pick has closed, because another prompt would end the question
 * @param keepWaiting whether to wait for the same items instead of loading them again
 */
export class AskAgain extends Error {
  constructor(
    readonly first: () => unknown = () => undefined,
    readonly keepWaiting = false,
  ) {
    super('The question is asked again.');
  }
}
