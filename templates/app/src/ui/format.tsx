import type { ReactNode } from 'react';

type Maybe<T> = T | null | undefined;

const NOTHING = '—';
const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const dateTimes = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function formatText(value: Maybe<string>): string {
  return value || NOTHING;
}

export function formatNumber(value: Maybe<number>): string {
  return value?.toLocaleString() ?? NOTHING;
}

export function formatBoolean(value: Maybe<boolean>): string {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  return value ? 'Yes' : 'No';
}

export function formatEnum<T extends string>(
  value: Maybe<T>,
  labels: Readonly<Record<T, string>>,
): string {
  return value ? labels[value] : NOTHING;
}

export function formatDate(value: Maybe<string>): ReactNode {
  return value ? timeElement(value.slice(0, 10), dates) : NOTHING;
}

export function formatTime(value: Maybe<string>): string {
  return value?.replace(/^(\d\d:\d\d):00(?:\.0+)?/, '$1') ?? NOTHING;
}

export function formatDateTime(value: Maybe<string>): ReactNode {
  return value ? timeElement(value, dateTimes) : NOTHING;
}

/** Seconds since 1970. */
export function formatTimestamp(value: Maybe<number>): ReactNode {
  return typeof value === 'number' ? formatDateTime(isoFromSeconds(value)) : NOTHING;
}

export function formatLink(value: Maybe<string>): ReactNode {
  return value ? link(value, value) : NOTHING;
}

export function formatEmail(value: Maybe<string>): ReactNode {
  return value ? link(`mailto:${value}`, value) : NOTHING;
}

/** Amplify delivers JSON fields as text. */
export function formatJson(value: unknown): ReactNode {
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  return parsed === null || parsed === undefined ? (
    NOTHING
  ) : (
    <pre className="json" role="group" aria-label="JSON" tabIndex={0}>
      {JSON.stringify(parsed, null, 2)}
    </pre>
  );
}

export function formatList<T>(
  values: Maybe<readonly T[]>,
  formatItem: (value: T) => ReactNode = String,
): ReactNode {
  if (!values || values.length === 0) {
    return NOTHING;
  }
  return (
    <ul className="values">
      {values.map((value, index) => (
        <li key={index}>{formatItem(value)}</li>
      ))}
    </ul>
  );
}

function timeElement(value: string, formatter: Intl.DateTimeFormat): ReactNode {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? (
    value
  ) : (
    <time dateTime={value}>{formatter.format(date)}</time>
  );
}

function isoFromSeconds(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function link(href: string, text: string): ReactNode {
  return URL.canParse(href) && LINK_PROTOCOLS.has(new URL(href).protocol) ? (
    <a href={href} rel="noreferrer">
      {text}
    </a>
  ) : (
    text
  );
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
