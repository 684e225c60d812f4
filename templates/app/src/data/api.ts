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
  data: Row | null | undefined;
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
