/**
 * The rows of a CSV file after RFC 4180; cells may also be apart by semicolons or tabs, as some
 * spreadsheets write them. An empty line is a row with one empty cell.
 */
export function parseCsv(text: string): string[][] {
  const content = text.replace(/^\ufeff/, '');
  const separator = separatorOf(content);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };

  for (let position = 0; position < content.length; position += 1) {
    const character = content.charAt(position);
    if (isQuoted && character === '"' && content.charAt(position + 1) === '"') {
      cell += '"';
      position += 1;
    } else if (character === '"' && (isQuoted || cell === '')) {
      isQuoted = !isQuoted;
    } else if (isQuoted) {
      cell += character;
    } else if (character === separator) {
      endCell();
    } else if (character === '\n') {
      endRow();
    } else if (character !== '\r') {
      cell += character;
    }
  }
  if (isQuoted) {
    throw new Error('A quotation mark in the file is never closed.');
  }
  if (cell !== '' || row.length > 0) {
    endRow();
  }
  return rows;
}

/** What the first line has most of, outside of quotation marks. */
function separatorOf(content: string): string {
  const [first = ''] = content.replace(/"[^"]*"/g, '').split('\n', 1);
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).mark;
}
