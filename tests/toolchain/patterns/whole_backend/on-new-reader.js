export function request() {
  return { payload: null };
}

export function response(context) {
  return context.result;
}
