// Loaded by Node before anything else: lets its clock begin at the moment that NOW says.
const start = Date.parse(process.env.NOW);
const Real = Date;

globalThis.Date = class Date extends Real {
  constructor(...parts) {
    if (parts.length > 0) super(...parts);
    else super(Date.now());
  }

  static now() {
    return start + Math.floor(performance.now());
  }
};
