/** Lets overlapping requests for the same record share one answer. */
export function shared<Result>(
  get: (id: string) => Promise<Result>,
): (id: string) => Promise<Result> {
  const pending = new Map<string, Promise<Result>>();
  return (id) => {
    const request = pending.get(id) ?? get(id).finally(() => pending.delete(id));
    pending.set(id, request);
    return request;
  };
}
