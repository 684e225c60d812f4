// Says when schedules of the local backend run next.
//
// Usage, by test_schedules.py only: node times.mjs PACKAGES SANDBOX
import { answerWith } from '../answering.mjs';

const { nextTime } = await import(`${process.argv[3]}/sources/cron.js`);

await answerWith({
  next: (expression, zone, after, count) => {
    const found = [];
    for (let time = new Date(after); time && found.length < count;) {
      time = nextTime(expression, zone, time);
      if (time) found.push(time.toISOString());
    }
    return found;
  },
});
