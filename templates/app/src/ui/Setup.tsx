export function Setup({ title }: { title: string }) {
  return (
    <main className="setup">
      <h1>{title}</h1>
      <p>The app runs. What is missing is a backend to talk to.</p>
      <ol>
        <li>
          Deploy your own: <code>npx ampx sandbox</code>
        </li>
        <li>
          Wait until it has written <code>amplify_outputs.json</code>.
        </li>
        <li>
          Restart the development server: <code>npm run dev</code>
        </li>
      </ol>
      <p className="muted">
        The sandbox needs an AWS account and credentials.{' '}
        <a href="https://docs.amplify.aws/react/start/account-setup/">Set them up</a> first if you
        have none.
      </p>
    </main>
  );
}
