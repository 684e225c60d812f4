import { formatText } from './format';
import { PlainText } from './PlainText';

/** A text of several lines in a record. */
export function Prose({ text }: { text: string | null | undefined }) {
  return text ? <PlainText text={text} /> : formatText(text);
}
