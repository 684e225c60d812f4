import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isGenuine } from './signature';

const NOW = 1_700_000_000_000;
const body = '{"id":"evt_1"}';

function sign(secret = 'secret', seconds = NOW / 1000, text = body) {
  return createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
}

function check(header: string | undefined, text = body) {
  return isGenuine({ body: text, header, secret: 'secret', now: NOW });
}

describe('a signature', () => {
  it('is genuine with the secret', () => {
    expect(check(`t=${NOW / 1000},v1=${sign()}`)).toBe(true);
  });

  it('is genuine when one of several is', () => {
    const header = `t=${NOW / 1000},v1=${sign('old')},v1=${sign()},v0=x`;
    expect(check(header)).toBe(true);
  });

  it('is good for five minutes, before and after', () => {
    for (const [seconds, isGood] of [
      [-301, false],
      [-300, true],
      [300, true],
      [301, false],
    ] as const) {
      const at = NOW / 1000 + seconds;
      expect(check(`t=${at},v1=${sign('secret', at)}`)).toBe(isGood);
    }
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `t=${NOW / 1000}`,
    `v1=${sign()}`,
    `t=,v1=${sign()}`,
    `t=NaN,v1=${sign()}`,
    `t=${NOW / 1000},v1=`,
    `t=${NOW / 1000},v1=${sign('other')}`,
    `t=${NOW / 1000},v1=${sign().slice(0, -2)}`,
    `t=${NOW / 1000},v0=${sign()}`,
    `t=${NOW / 1000 + 1},v1=${sign()}`,
  ])('is none: %s', (header) => {
    expect(check(header)).toBe(false);
  });

  it('is for one body only', () => {
    expect(check(`t=${NOW / 1000},v1=${sign()}`, '{"id":"evt_2"}')).toBe(false);
  });
});
