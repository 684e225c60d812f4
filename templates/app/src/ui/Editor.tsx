import { Beside } from './Beside';
import { EditorRecord } from './EditorRecord';
import { EditorSheet, type SheetProps } from './EditorSheet';
import { CreateLink, type Actions } from './RecordActions';
import { RecordNav } from './RecordNav';
import { hrefTo, useHashRoute } from './router';
import { Empty } from './States';
import type { Versioned } from './useEditing';

interface EditorProps<Row, Input> extends Omit<SheetProps<Row, Input>, 'record'> {
  title: string;
  /** Where a new record is made, if not here. */
  creating?: Actions;
}

/** Texts to choose from, and the one that the address names to write on. */
export function Editor<Row extends Versioned, Input extends object>({
  title,
  creating,
  ...sheet
}: EditorProps<Row, Input>) {
  const { noun, source, access, create, param = 'id' } = sheet;
  const { path, params } = useHashRoute();
  const id = params.get(param);
  const isNew = create !== undefined && params.get('new') === param;
  const here = create && { access, createHref: `${hrefTo(path)}?new=${param}` };
  const action = <CreateLink actions={here ?? creating} noun={noun} />;
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
