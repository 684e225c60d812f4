import type { Column } from './column';

/** The rows as CSV after RFC 4180, with the headers of the columns in the first line. */
export function toCsv<Row extends object>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const own = columns.map(({ header, field }) => ({ header, field }));
  const units = columns.flatMap(({ unit = [] }) => unit);
  const headers = new Map([...own, ...units].map(({ header, field }) => [field, header]));
  const fields = Array.from(headers.keys());
  const lines = [
    Array.from(headers.values()),
    ...rows.map((row) => fields.map((field) => toText(row[field]))),
  ];
  return lines.map((line) => `${line.map(toCell).join(',')}\r\n`).join('');
}

/** Offers a text as a file to keep. */
export function download(name: string, text: string): void {
  // The mark tells spreadsheets that the text is UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function toText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(toText).join('; ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toCell(text: string): string {
  // A spreadsheet would run what begins like a formula; a number is none.
  const isFormula = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
