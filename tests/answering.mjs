// Answers questions, one line of JSON each: [question, ...arguments] to { value } or { error }.
import { createInterface } from 'node:readline';

export async function answerWith(answers) {
  for await (const line of createInterface({ input: process.stdin })) {
    const [question, ...parameters] = JSON.parse(line);
    let answer;
    try {
      answer = { value: await answers[question](...parameters) };
    } catch (cause) {
      answer = { error: cause.stack ?? String(cause) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
