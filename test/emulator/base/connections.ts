/** Numbers connections from 1, so that the log shows which requests share one. */
export function connectionNumbers(): (socket: object) => number {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  return (socket) => {
    const number = numbers.get(socket) ?? (last += 1);
    numbers.set(socket, number);
    return number;
  };
}
