/** What a person entered into a field. */
export interface Entry {
  label: string;
  value: string;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** What the fields in a part of a form show; those left empty are left out. */
export function enteredIn(element: Element, title: string): readonly Entry[] {
  const controls = element.querySelectorAll<Control>(
    'input:not([type="hidden"]), select, textarea',
  );
  return Array.from(controls, (control) => ({
    label: [...groupsOf(control, element), labelOf(control)]
      .filter((name) => name !== title)
      .join(' · '),
    value: shownIn(control),
  })).filter(({ value }) => value !== '');
}

function labelOf({ labels }: Control): string {
  return labels?.[0]?.textContent.trim() ?? '';
}

/** What the groups around a field are called, the outermost first. */
function groupsOf(control: Control, within: Element): readonly string[] {
  const group = control.closest('fieldset');
  const legends: string[] = [];
  for (let outer = group; outer && within.contains(outer); outer = parentGroup(outer)) {
    legends.unshift(outer.querySelector(':scope > legend')?.textContent ?? '');
  }
  return legends;
}

function parentGroup({ parentElement }: Element): HTMLFieldSetElement | null {
  return parentElement?.closest('fieldset') ?? null;
}

function shownIn(control: Control): string {
  if (control instanceof HTMLSelectElement) {
    return control.value && Array.from(control.selectedOptions, ({ text }) => text).join(', ');
  }
  if (control instanceof HTMLInputElement && control.files) {
    return Array.from(control.files, ({ name }) => name).join(', ');
  }
  if (control.type === 'checkbox') {
    return control instanceof HTMLInputElement && control.checked ? 'Yes' : 'No';
  }
  if (control.value !== '' && control.type === 'date') {
    return dates.format(new Date(control.value));
  }
  if (control.value !== '' && control.type === 'datetime-local') {
    return moments.format(new Date(control.value));
  }
  return control.value.trim();
}
