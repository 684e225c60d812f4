// What the velocity package hands on; it has no types of its own.
declare module 'amplify-velocity-template' {
  const velocity: { parse(text: string): any[] };
  export default velocity;
}
