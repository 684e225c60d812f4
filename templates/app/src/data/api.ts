export interface ApiError {
  readonly message: string;
  readonly errorType?: string;
}

export interface Page {
  limit: number;
  nextToken?: string | null;
}

export interface ListResult<Row> {
  data: Row[];
  nextToken?: string | null;
  errors?: readonly ApiError[];
}

export interface RecordResult<Row> {
  data: Row | null;
  errors?: readonly ApiError[];
}

export type ListRecords<Row> = (page: Page) => Promise<ListResult<Row>>;
export type GetRecord<Row> = (id: string) => Promise<RecordResult<Row>>;

/** How a record is referred to where it is not shown in full: in links, pickers and lists. */
export interface Summary {
  id: string;
  title: string | null | undefined;
}

export type Summarize<Row> = (row: Row) => Summary;

export function titleOf({ id, title }: Summary): string {
  return title || id;
}

/** Amplify reports failed requests in `errors` instead of throwing; this throws them. */
export function throwErrors({ errors }: { errors?: readonly ApiError[] }): void {
  const [first] = errors ?? [];
  if (!first) {
    return;
  }
  if (first.errorType === 'Unauthorized' || first.message.startsWith('Not Authorized')) {
    throw new Error('You are not allowed to do this. Ask an administrator for access.');
  }
  throw new Error(first.message);
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error && cause.message !== ''
    ? cause.message
    : 'Something went wrong. Check your connection and try again.';
}
