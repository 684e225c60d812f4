// The page where people choose what becomes of a payment.

/** @typedef {import('./provider.js').Session} Session */

/** @type {Record<string, string>} */
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const ENDED = { complete: 'This payment is done.', expired: 'The time to pay is over.' };

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]);
}

/** @param {Session} session */
function price({ amount, currency }) {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    const { maximumFractionDigits = 2 } = format.resolvedOptions();
    return format.format(amount / 10 ** maximumFractionDigits);
  } catch {
    return `${amount} ${currency}`;
  }
}

/**
 * @param {Session} session
 * @param {string} refusal Why what somebody chose could not be told.
 * @returns {string} HTML
 */
export function payingPage(session, refusal) {
  const back = /^https?:/.test(session.cancel) ? session.cancel : '/';
  const choices = `<form method="post">
      <button name="choice" value="pay">Pay ${escaped(price(session))}</button>
      <button name="choice" value="refuse">Let the bank refuse it</button>
    </form>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Pay</title>
    <link rel="icon" href="data:," />
    <style>
      :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
      main { max-width: 30rem; margin: 15vh auto; padding: 0 1rem; }
      button { font: inherit; padding: 0.4rem 1rem; margin-right: 0.5rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>${escaped(session.title)}</h1>
      <p>This page of <code>ace sandbox</code> stands in for the payment provider. Nobody pays anything.</p>
      ${refusal ? `<p role="alert">${escaped(refusal)}</p>` : ''}
      ${session.status === 'open' ? choices : `<p>${ENDED[session.status]}</p>`}
      <p><a href="${escaped(back)}">Back without paying</a></p>
    </main>
  </body>
</html>
`;
}
