import type { InputEvent, InvalidEvent } from 'react';

type Control = HTMLInputElement | HTMLTextAreaElement;

/** What is said of a value, by the browser's name for what is wrong with it. */
export type Messages = Partial<Record<Exclude<keyof ValidityState, 'valid'>, string>>;

/** Lets the browser say of a value what the API would say. */
export function saying(messages: Messages = {}) {
  return {
    onInvalid: ({ currentTarget }: InvalidEvent<Control>) => {
      currentTarget.setCustomValidity('');
      const { validity } = currentTarget;
      const found = Object.entries(messages).find(([problem]) =>
        Object.is(Reflect.get(validity, problem), true),
      );
      currentTarget.setCustomValidity(found?.[1] ?? '');
    },
    onInput: ({ currentTarget }: InputEvent<Control>) => currentTarget.setCustomValidity(''),
  };
}
