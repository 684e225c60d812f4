import { Button } from '@aws-amplify/ui-react';
import { Fragment, useId, useState, type ReactNode, type SyntheticEvent } from 'react';

import { titleOf } from '../data/api';
import { ConflictNotice } from './ConflictNotice';
import { DraftNotice } from './DraftNotice';
import { FormFields, FormProblem } from './FormFields';
import { useHashRoute } from './router';
import { ScopeContext } from './scope';
import { TextFacts } from './TextFacts';
import { useDraft } from './useDraft';
import { useEditing, type Editable, type Versioned } from './useEditing';
import type { FormState } from './useForm';
import { useSaveKey } from './useSaveKey';
import './Editor.css';

export interface SheetProps<Row, Input> extends Editable<Row, Input> {
  /** The field with the text, and the one with its title. */
  textField: keyof Input & string;
  titleField?: keyof Input & string;
  /** Shows the text as people will see it. */
  preview: (text: string) => ReactNode;
  /** The inputs of the title, the text and the status. */
  heading?: ReactNode;
  body: ReactNode;
  status?: ReactNode;
  /** The other inputs. */
  children?: ReactNode;
  record?: Row;
}

/** Where one text is written. */
export function EditorSheet<Row extends Versioned, Input extends object>({
  textField,
  titleField,
  preview,
  heading,
  body,
  status,
  children,
  record,
  ...editable
}: SheetProps<Row, Input>) {
  const { noun, source, read } = editable;
  const headingId = useId();
  const { params } = useHashRoute();
  const element = useSaveKey();
  const draftId = record ? source.summarize(record).id : `new ${noun}`;
  const draft = useDraft(draftId, read, titleField ? [titleField, textField] : [textField]);
  const { form, base, start, conflict, restart, rebase } = useEditing(editable, record, draft.drop);
  const [written, setWritten] = useState(() => textIn(start.values, textField));

  const onChange = ({ currentTarget }: SyntheticEvent<HTMLFormElement>) => {
    const data = new FormData(currentTarget);
    form.touch();
    const text = data.get(textField);
    setWritten(typeof text === 'string' ? text : '');
    draft.keep(data);
  };

  const begin = (values: ReadonlyMap<string, unknown>) => {
    restart(values);
    setWritten(textIn(values, textField));
  };

  const restore = (values: Readonly<Record<string, unknown>>) => {
    begin(new Map([...(start.values ?? []), ...Object.entries(values)]));
    draft.take();
    form.touch();
  };

  const take = (row: Row) => {
    rebase(row);
    begin(new Map(Object.entries(row)));
    draft.drop();
    form.settle();
  };

  return (
    <form
      ref={element}
      className="panel editor"
      aria-labelledby={headingId}
      onSubmit={form.onSubmit}
      onChange={onChange}
    >
      <h2 id={headingId}>{base ? titleOf(source.summarize(base)) : `New ${noun}`}</h2>
      {draft.offered && (
        <DraftNotice
          at={draft.offered.at}
          onRestore={() => draft.offered && restore(draft.offered.values)}
          onDiscard={draft.drop}
        />
      )}
      <ScopeContext
        value={{
          prefix: '',
          isOptional: false,
          values: start.values,
          given: params,
          isNew: base === undefined,
        }}
      >
        <Fragment key={start.revision}>
          <FormFields form={form}>
            {heading}
            {body}
            <TextFacts text={written} preview={preview} />
            {children && (
              <details className="editor-details" open={base === undefined} onInvalidCapture={open}>
                <summary>Details</summary>
                <div className="editor-fields">{children}</div>
              </details>
            )}
            {status}
          </FormFields>
        </Fragment>
      </ScopeContext>
      {conflict && (
        <ConflictNotice noun={noun} latest={conflict.latest} onTake={take} onKeep={rebase} />
      )}
      <div className="actions">
        <Button type="submit" variation="primary" aria-disabled={form.isPending}>
          {form.isPending ? 'Saving…' : 'Save'}
        </Button>
        <p className="muted" role="status">
          {statusOf(form)}
        </p>
      </div>
      <FormProblem form={form} />
    </form>
  );
}

/** The browser shows what is wrong with a field only where it can be seen. */
function open({ currentTarget }: SyntheticEvent<HTMLDetailsElement>) {
  currentTarget.open = true;
}

function statusOf({ isPending, isDirty, outcome }: FormState): string {
  if (isPending) {
    return '';
  }
  return isDirty ? 'Not saved yet. Ctrl or ⌘ + S saves.' : outcome.message;
}

function textIn(values: ReadonlyMap<string, unknown> | undefined, name: string): string {
  const text = values?.get(name);
  return typeof text === 'string' ? text : '';
}
