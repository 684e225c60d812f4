import { Button } from '@aws-amplify/ui-react';
import { use, useCallback, useRef } from 'react';

import { isAllowed } from '../data/access';
import type { GetRecord, Page } from '../data/api';
import { linkedTo, ownKey, type Linked, type Links } from '../data/links';
import { summaries } from '../data/query';
import type { Source } from '../data/source';
import { useAsync } from '../data/useAsync';
import { useUser } from '../data/user';
import { inSentence } from '../data/words';
import { RecordPicker } from './RecordPicker';
import { ScopeContext } from './scope';
import { ErrorMessage, Loading } from './States';
import { useLinks } from './useLinks';
import './Links.css';

interface LinksInputProps<Link, Row> {
  /** What the related records are called: "Tags". */
  label: string;
  hint?: string;
  links: Links<Link>;
  /** Where they come from. */
  source: Source<Row>;
  get: GetRecord<Row>;
}

/** Chooses any number of related records, for those who may relate them. */
export function LinksInput<Link extends object, Row>(props: LinksInputProps<Link, Row>) {
  const { links } = props;
  const user = useUser();
  const { values, isNew = false } = use(ScopeContext);
  if (!isAllowed(links.access.create, user) || !isAllowed(links.rules, user)) {
    return null;
  }
  return values && !isNew ? (
    <PresentLinks {...props} id={ownKey(links.own, values)} />
  ) : (
    <LinksField {...props} present={[]} />
  );
}

function PresentLinks<Link extends object, Row>({
  id,
  ...props
}: LinksInputProps<Link, Row> & { id: string }) {
  const { label, links, get, source } = props;
  const { summarize } = source;
  const load = useCallback(
    () => linkedTo(id, links, { get, summarize }),
    [id, links, get, summarize],
  );
  const [{ value, error }, retry] = useAsync(load);
  if (error) {
    return <ErrorMessage title={label} failure={error} onRetry={retry} />;
  }
  return value ? (
    <LinksField {...props} present={value} />
  ) : (
    <Loading label={`Loading ${inSentence(label)}…`} />
  );
}

interface LinksFieldProps<Link, Row> extends LinksInputProps<Link, Row> {
  present: readonly Linked<Link>[];
}

function LinksField<Link extends object, Row>({
  label,
  hint,
  links,
  source,
  present,
}: LinksFieldProps<Link, Row>) {
  const user = useUser();
  const group = useRef<HTMLFieldSetElement>(null);
  const { chosen, add, drop } = useLinks(label, links, present);
  const choices = useCallback(
    async (text: string, page: Page) => {
      const found = await summaries(source, text, page);
      const taken = new Set(chosen.map(({ id }) => id));
      return { ...found, data: found.data.filter(({ id }) => !taken.has(id)) };
    },
    [source, chosen],
  );
  const isFixed = ({ link }: Linked<Link>) =>
    link !== undefined && !(links.remove && isAllowed(links.access.delete, user, link));

  return (
    <fieldset ref={group} className="group">
      <legend>{label}</legend>
      {hint && <p className="muted">{hint}</p>}
      {chosen.length > 0 && (
        <ul className="link-tags">
          {chosen.map((item) => (
            <li key={item.id}>
              <span>{item.title}</span>
              {!isFixed(item) && (
                <Button
                  size="small"
                  variation="link"
                  aria-label={`Remove ${item.title}`}
                  onClick={() => {
                    drop(item);
                    group.current?.querySelector('input')?.focus();
                  }}
                >
                  <span aria-hidden="true">×</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <RecordPicker
        label={`Add to ${inSentence(label)}`}
        choices={choices}
        isEmptiedAfter
        onChoose={(id, title) => {
          if (id !== '') {
            add({ id, title });
          }
        }}
      />
    </fieldset>
  );
}
