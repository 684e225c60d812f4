import { isAllowed } from '../data/access';
import { useUser } from '../data/user';
import { Beside } from './Beside';
import { EditorRecord } from './EditorRecord';
import { EditorSheet, type SheetProps } from './EditorSheet';
import { RecordNav } from './RecordNav';
import { hrefTo, useHashRoute } from './router';
import { Empty } from './States';
import type { Versioned } from './useEditing';

interface EditorProps<Row, Input> extends Omit<SheetProps<Row, Input>, 'record'> {
  title: string;
}

/** Texts to choose from, and the one that the address names to write on. */
export function Editor<Row extends Versioned, Input extends object>({
  title,
  ...sheet
}: EditorProps<Row, Input>) {
  const { noun, source, access, create, param = 'id' } = sheet;
  const user = useUser();
  const { path, params } = useHashRoute();
  const id = params.get(param);
  const isNew = create !== undefined && params.get('new') === param;
  const action = create && isAllowed(access.create, user) && (
    <a
      className="amplify-button amplify-button--small amplify-button--primary"
      href={`${hrefTo(path)}?new=${param}`}
    >
      New {noun}
    </a>
  );
  return (
    <Beside
      isChosen={isNew || id !== null}
      back={<a href={hrefTo(path)}>Back to the list: {title}</a>}
      list={
        <RecordNav
          title={title}
          source={source}
          href={`${hrefTo(path)}?${param}=`}
          current={id}
          action={action}
        />
      }
    >
      {id !== null && <EditorRecord key={id} id={id} {...sheet} />}
      {id === null && isNew && <EditorSheet key="new" {...sheet} />}
      {id === null && !isNew && <Empty action={action}>Choose from the list: {title}.</Empty>}
    </Beside>
  );
}
