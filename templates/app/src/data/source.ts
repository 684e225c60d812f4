import type { ListRecords, Summarize } from './api';
import type { Watch } from './live';
import type { Query, Search } from './query';

/** Where the records of a model come from. */
export interface Source<Row> {
  list: ListRecords<Row>;
  summarize: Summarize<Row>;
  search?: Search<Row>;
  /** Finds records by all their texts, where a service keeps an index of them. */
  find?: Search<Row>;
  /** Guests cannot reach that service. */
  onlyUsersFind?: boolean;
  /** What the title of a record is called: "Name". */
  titleLabel?: string;
  queries?: readonly Query<Row>[];
  watch?: Watch<Row>;
}
