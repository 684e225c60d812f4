const DAY = 24 * 60 * 60 * 1000;

const near = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const far = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** What people call a day: "Today", "Yesterday", else its date. */
export function dayOf(date: Date): string {
  if (Number.isNaN(date.getTime())) {
    return 'Undated';
  }
  const days = Math.round((midnight(date) - midnight(new Date())) / DAY);
  const name = Math.abs(days) <= 1 ? near.format(days, 'day') : far.format(date);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

function midnight(date: Date): number {
  return new Date(date).setHours(0, 0, 0, 0);
}
