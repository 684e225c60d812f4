import type { ListResult, Page, Summarize, Summary } from './api';
import { isChoice } from './choices';

export type SortDirection = 'ASC' | 'DESC';

/** Finds the records whose title contains a text. */
export type Search<Row> = (text: string, page: Page) => Promise<ListResult<Row>>;

/** A choice of records that the API makes with an index. */
export interface Query<Row> {
  /** What is compared: "Status". */
  label: string;
  /** By what the records are sorted, where it is not their key. */
  sortedBy?: string;
  /** The values to choose from, where they are known. */
  labels?: Readonly<Record<string, string>>;
  /** The records to choose from, where the value is the key of one. */
  related?: Search<Summary>;
  list: (value: string, direction: SortDirection, page: Page) => Promise<ListResult<Row>>;
}

/** Takes only the values of an enum. */
export function ofEnum<T extends string, Row>(
  labels: Readonly<Record<T, string>>,
  list: (value: T, direction: SortDirection, page: Page) => Promise<ListResult<Row>>,
): Query<Row>['list'] {
  return async (value, direction, page) =>
    isChoice(labels, value) ? list(value, direction, page) : { data: [] };
}

/** The filters for a text as it may be written, for the API tells capitals apart. */
export function spellings<Filter>(text: string, filter: (part: string) => Filter): Filter[] {
  const lower = text.toLowerCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  return Array.from(new Set([text, lower, capital, text.toUpperCase()]), filter);
}

/** Finds records of which only the key and the title matter. */
export async function summaries<Row>(
  { list, search, summarize }: Searchable<Row>,
  text: string,
  page: Page,
): Promise<ListResult<Summary>> {
  const result = await (search && text !== '' ? search(text, page) : list(page));
  return { ...result, data: result.data.map(summarize) };
}

interface Searchable<Row> {
  list: (page: Page) => Promise<ListResult<Row>>;
  search?: Search<Row>;
  summarize: Summarize<Row>;
}
