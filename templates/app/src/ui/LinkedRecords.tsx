import { use, useCallback } from 'react';

import { isAllowed } from '../data/access';
import { useAskedAgain } from '../data/asking';
import { linkedTo, ownKey, type Links, type Target } from '../data/links';
import { useAsync } from '../data/useAsync';
import { useUser } from '../data/user';
import { inSentence } from '../data/words';
import { RecordLink } from './RecordLink';
import { ScopeContext } from './scope';
import { ErrorMessage, Loading } from './States';
import './Links.css';

interface LinkedRecordsProps<Link, Row> extends Target<Row> {
  /** What the related records are called: "Tags". */
  title: string;
  links: Links<Link>;
  /** The address of their page up to the id. */
  detailHref?: string;
}

/** The records to which the one around it is related, for those who may know. */
export function LinkedRecords<Link, Row>(props: LinkedRecordsProps<Link, Row>) {
  const { title, links } = props;
  const user = useUser();
  const { values } = use(ScopeContext);
  return values && isAllowed(links.rules, user) ? (
    <dl className="facts">
      <div>
        <dt>{title}</dt>
        <dd>
          <LinkList id={ownKey(links.own, values)} {...props} />
        </dd>
      </div>
    </dl>
  ) : null;
}

function LinkList<Link, Row>({
  id,
  title,
  links,
  get,
  summarize,
  detailHref,
}: LinkedRecordsProps<Link, Row> & { id: string }) {
  const load = useCallback(
    () => linkedTo(id, links, { get, summarize }),
    [id, links, get, summarize],
  );
  const [{ value, error }, retry, replace] = useAsync(load);
  useAskedAgain(() => replace(load));
  if (error) {
    return <ErrorMessage failure={error} onRetry={retry} />;
  }
  if (!value) {
    return <Loading label={`Loading ${inSentence(title)}…`} />;
  }
  return value.length === 0 ? (
    '—'
  ) : (
    <ul className="link-list">
      {value.map((item) => (
        <li key={item.id}>
          <RecordLink detailHref={detailHref} id={item.id}>
            {item.title}
          </RecordLink>
        </li>
      ))}
    </ul>
  );
}
